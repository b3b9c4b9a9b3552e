// SPDX-License-Identifier: Apache-2.0

package programs

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"libraries/semconv"

	"otel.runtime/view/receiver"
)

// atRest is how many traces a program may begin that nobody's request is behind.
const atRest = 5

// check looks whether what was exported makes sense: it is as the semantic
// conventions say, has the spans that the entry names, nothing secret, no id in a
// name or a route, and next to nothing that no request is behind. It returns how
// many spans there are.
func (e *exported) check(t *testing.T, p Program) int {
	t.Helper()
	e.server.Close()
	e.mu.Lock()
	defer e.mu.Unlock()
	breaches, err := semconv.Check(withoutOwn(p, e.spans))
	if err != nil {
		t.Error(err)
	}
	for _, breach := range breaches {
		t.Errorf("semantic conventions: %s", breach)
	}
	for _, problem := range problems(p, e.spans, e.bodies) {
		t.Error(problem)
	}
	return len(e.spans)
}

// withoutOwn are spans without the attributes that the program gives them.
func withoutOwn(p Program, spans []receiver.Span) (all []receiver.Span) {
	for _, s := range spans {
		s.Attributes = slices.DeleteFunc(slices.Clone(s.Attributes), func(a receiver.Attribute) bool { return slices.Contains(p.Attributes, a.Key) })
		all = append(all, s)
	}
	return all
}

// problems are what makes no sense in spans, and in the bodies that they came in.
func problems(p Program, spans []receiver.Span, bodies [][]byte) (all []string) {
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	for _, body := range bodies {
		if bytes.Contains(body, []byte("hunter2")) {
			say("a password is exported:\n%s", printable(body))
			break
		}
	}
	served, roots := map[string]bool{}, map[string]int{}
	for _, s := range spans {
		if !strings.HasPrefix(s.Scope.Name, "otel.runtime/") {
			continue
		}
		route, _ := s.Attributes.Get("http.route").(string)
		if strings.Contains(s.Name+route, "424242") {
			say("an id is in the name or the route of %s %q %q", s.Kind, s.Name, route)
		}
		if s.Kind == "SERVER" {
			served[s.Name] = true
		} else if s.ParentSpanID == "" {
			roots[s.Kind+" "+s.Name]++
		}
	}
	if p.Serve != nil {
		for _, name := range p.Serve.Spans {
			if !served[name] {
				say("no SERVER span is called %q, but %s", name, names(served))
			}
		}
	}
	total := 0
	for _, n := range roots {
		total += n
	}
	if total > atRest {
		say("%d traces that no request is behind:\n%s", total, counts(roots))
	}
	return all
}

func names(of map[string]bool) string {
	var all []string
	for name := range of {
		all = append(all, fmt.Sprintf("%q", name))
	}
	sort.Strings(all)
	return strings.Join(all, ", ")
}

func counts(of map[string]int) string {
	var all []string
	for name, n := range of {
		all = append(all, fmt.Sprintf("%d × %s", n, name))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func printable(body []byte) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '.'
		}
		return r
	}, string(body))
}
