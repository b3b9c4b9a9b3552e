// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"libraries/semconv"

	"otel.runtime/view/receiver"
)

// Page is the document that lists what is emitted. Its rows are what tests have
// seen: one that sees more fails, or with OTEL_UPDATE_GOLDEN adds it.
var Page = filepath.Join(root, "docs", "telemetry.md")

const pageHead = `# What is emitted

Each span, metric and attribute of the hooks, by the semantic conventions %s where they have it; other names begin with
` + "`otel.`" + `. This page is written by the tests of test/libraries (` + "`OTEL_UPDATE_GOLDEN=1 go test ./...`" + `) from what programs have exported to
them. "rpc/dup" is what ` + "`OTEL_SEMCONV_STABILITY_OPT_IN=rpc/dup`" + ` adds.
`

const (
	spansHead   = "\n## Spans\n\n| scope | kind | name | attributes |\n| --- | --- | --- | --- |\n"
	eventsHead  = "\n## Events of spans\n\n| scope | name | attributes |\n| --- | --- | --- |\n"
	metricsHead = "\n## Metrics\n\n| name | unit | type | scope | attributes |\n| --- | --- | --- | --- | --- |\n"
)

// rows are those of one table: the attributes by what is before them.
type rows map[string][]string

// Table is what a page lists.
type Table struct{ Spans, Events, Metrics rows }

// TelemetryOf is what spans and metrics of hooks make of a page.
func TelemetryOf(spans []receiver.Span, metrics []receiver.Metric, when string) Table {
	t := Table{rows{}, rows{}, rows{}}
	suffix := ""
	if when != "" {
		suffix = ", " + when
	}
	for _, s := range spans {
		if !strings.HasPrefix(s.Scope.Name, "otel.runtime/") {
			continue
		}
		t.Spans.add(fmt.Sprintf("%s | %s | %s", s.Scope.Name+suffix, s.Kind, semconv.NameForm(s)), s.Attributes)
		for _, event := range s.Events {
			if when == "" {
				t.Events.add(s.Scope.Name+" | "+event.Name, event.Attributes)
			}
		}
	}
	for _, m := range metrics {
		// A bridge's are those of the program.
		if !strings.HasPrefix(m.Scope.Name, "otel.runtime/") || m.Scope.Name == "otel.runtime/clientgolang" {
			continue
		}
		row := fmt.Sprintf("%s | %s | %s | %s", m.Name, m.Unit, strings.ToLower(fmt.Sprint(m.Type)), m.Scope.Name+suffix)
		t.Metrics.add(row, nil)
		for _, point := range m.Points {
			t.Metrics.add(row, point.Attributes)
		}
	}
	return t
}

func (r rows) add(row string, attributes receiver.Attributes) {
	all := r[row]
	for _, a := range attributes {
		name := semconv.Generic(a.Key)
		if name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	r[row] = all
}

// String is the page.
func (t Table) String() string {
	return fmt.Sprintf(pageHead, semconv.Version) + spansHead + t.Spans.String() + eventsHead + t.Events.String() + metricsHead + t.Metrics.String()
}

func (r rows) String() string {
	var lines []string
	for row, attributes := range r {
		quoted := ""
		if len(attributes) > 0 {
			quoted = " `" + strings.Join(attributes, "`, `") + "`"
		}
		lines = append(lines, "| "+row+" |"+quoted+" |\n")
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// ReadTable reads a page.
func ReadTable(text string) Table {
	t := Table{rows{}, rows{}, rows{}}
	of := rows{}
	for _, line := range strings.Split(text, "\n") {
		switch line {
		case "## Spans":
			of = t.Spans
		case "## Events of spans":
			of = t.Events
		case "## Metrics":
			of = t.Metrics
		}
		cells, ok := strings.CutPrefix(line, "| ")
		cells = strings.TrimSuffix(cells, " |")
		if !ok || strings.HasPrefix(cells, "---") || strings.HasPrefix(cells, "scope |") || strings.HasPrefix(cells, "name |") {
			continue
		}
		last := strings.LastIndex(cells, " |")
		var attributes []string
		for _, name := range strings.Split(strings.TrimPrefix(cells[last+len(" |"):], " "), ", ") {
			if name = strings.Trim(name, "`"); name != "" {
				attributes = append(attributes, name)
			}
		}
		of[cells[:last]] = attributes
	}
	return t
}

// merge adds what is in other, and returns what wasn't there.
func (r rows) merge(other rows) (missing []string) {
	for row, attributes := range other {
		have, known := r[row]
		if !known {
			missing = append(missing, row)
		}
		for _, name := range attributes {
			if !slices.Contains(have, name) {
				missing = append(missing, row+" | "+name)
				have = append(have, name)
			}
		}
		slices.Sort(have)
		r[row] = have
	}
	return missing
}

var page sync.Mutex

// checkPage compares what was seen with the page.
func checkPage(t testing.TB, seen Table) {
	t.Helper()
	page.Lock()
	defer page.Unlock()
	lock, err := os.OpenFile(filepath.Dir(Page), os.O_RDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil { // of other packages' tests
		t.Fatal(err)
	}
	text, err := os.ReadFile(Page)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	have := ReadTable(string(text))
	missing := append(append(have.Spans.merge(seen.Spans), have.Events.merge(seen.Events)...), have.Metrics.merge(seen.Metrics)...)
	if len(missing) == 0 {
		return
	}
	if os.Getenv("OTEL_UPDATE_GOLDEN") == "" {
		t.Errorf("not in docs/telemetry.md: %s", strings.Join(missing, "\n"))
	} else if err := os.WriteFile(Page, []byte(have.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}
