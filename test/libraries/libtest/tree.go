// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"otel.runtime/view/receiver"
)

// render writes spans as trees with everything that is said of them, sorted so
// that the text doesn't depend on time. What differs from run to run is
// replaced: ports, stack traces by "…" if they are there.
func render(spans []receiver.Span) string {
	children := map[string][]receiver.Span{}
	known := map[string]receiver.Span{}
	for _, span := range spans {
		known[span.SpanID] = span
	}
	for _, span := range spans {
		parent := span.ParentSpanID
		if _, ok := known[parent]; !ok {
			parent = ""
		}
		children[parent] = append(children[parent], span)
	}
	var trees func(parent, indent string) []string
	trees = func(parent, indent string) (texts []string) {
		for _, span := range children[parent] {
			text := ports.ReplaceAllString(indent+treeLine(span, indent), "${1}PORT")
			for _, link := range span.Links {
				to := known[link.SpanID]
				text += fmt.Sprintf("%s  link to %s %q %v\n", indent, to.Kind, to.Name, span.Start >= to.End)
			}
			for _, child := range trees(span.SpanID, indent+"    ") {
				text += child
			}
			texts = append(texts, text)
		}
		sort.Strings(texts)
		return texts
	}
	return oldGRPC.Replace(strings.Join(trees("", ""), ""))
}

// oldGRPC is for what old releases of gRPC say.
var oldGRPC = strings.NewReplacer("while dialing dial", "while dialing: dial", "message failed to", "message: failed to")

var ports = regexp.MustCompile(`(\.port=|127\.0\.0\.1:|localhost:)\d+`)

func treeLine(span receiver.Span, indent string) string {
	text := fmt.Sprintf("%s %q", span.Kind, span.Name)
	if span.Status.Code != "UNSET" {
		text += fmt.Sprintf(" %s %q", span.Status.Code, span.Status.Message)
	}
	text += "\n"
	for _, attribute := range attributeTexts(span.Attributes) {
		text += indent + "  " + attribute + "\n"
	}
	for _, event := range span.Events {
		text += indent + "  event " + event.Name + " " + strings.Join(attributeTexts(event.Attributes), " ") + "\n"
	}
	return text
}

func attributeTexts(all receiver.Attributes) (texts []string) {
	for _, a := range all {
		value := fmt.Sprint(a.Value)
		if a.Key == "exception.stacktrace" && strings.HasPrefix(value, "goroutine ") {
			value = "…"
		}
		texts = append(texts, a.Key+"="+value)
	}
	sort.Strings(texts)
	return texts
}

// Tree is the spans with those within them, without ports and without some
// attributes: what differs between releases.
func (e Exported) Tree(without ...string) string {
	spans := slices.Clone(e.Spans)
	for i := range spans {
		spans[i].Attributes = slices.DeleteFunc(slices.Clone(spans[i].Attributes), func(a receiver.Attribute) bool {
			return slices.Contains(without, a.Key)
		})
	}
	return render(spans)
}

// WithoutPorts is text, in the order that its lines have without the ports.
func WithoutPorts(text string) string {
	lines := strings.SplitAfter(ports.ReplaceAllString(text, "${1}PORT"), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "")
}
