// SPDX-License-Identifier: Apache-2.0

package programs

import (
	"strings"
	"testing"

	"otel.runtime/view/receiver"
)

func TestProblems(t *testing.T) {
	scope := receiver.Scope{Name: "otel.runtime/nethttp"}
	p := Program{Serve: &Server{Spans: []string{"GET /users/{id}"}}}
	good := receiver.Span{Name: "GET /users/{id}", Kind: "SERVER", Scope: scope}
	var atStart []receiver.Span
	for range atRest + 1 {
		atStart = append(atStart, receiver.Span{Name: "SELECT", Kind: "CLIENT", Scope: scope})
	}
	for want, found := range map[string][]string{
		"":                       problems(p, []receiver.Span{good}, [][]byte{[]byte("fine")}),
		"no SERVER span":         problems(p, nil, nil),
		"a password is exported": problems(p, []receiver.Span{good}, [][]byte{[]byte("x hunter2 x")}),
		"an id is in the name":   problems(p, []receiver.Span{good, {Name: "GET /users/424242", Kind: "SERVER", Scope: scope}}, nil),
		"6 traces that no":       problems(p, append(atStart, good), nil),
	} {
		if want == "" && len(found) > 0 || want != "" && (len(found) != 1 || !strings.HasPrefix(found[0], want)) {
			t.Errorf("%q: %q", want, found)
		}
	}
}

func TestWithoutOwn(t *testing.T) {
	spans := []receiver.Span{{Attributes: receiver.Attributes{{Key: "store_id"}, {Key: "http.route"}}}}
	left := withoutOwn(Program{Attributes: []string{"store_id"}}, spans)
	if len(left) != 1 || len(left[0].Attributes) != 1 || left[0].Attributes[0].Key != "http.route" || len(spans[0].Attributes) != 2 {
		t.Errorf("%v of %v", left, spans)
	}
}

// The table has no row of a program, or of a version, that isn't in the list.
func TestTable(t *testing.T) {
	programs, err := read("programs.yaml")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, p := range programs {
		known[p.Name+" | "+p.Version] = true
	}
	rows := rowsOf(t)
	if len(rows) == 0 {
		t.Error("no program was run")
	}
	for _, row := range rows {
		cells := strings.SplitN(strings.TrimPrefix(row, "| "), " | ", 3)
		if !known[cells[0]+" | "+cells[1]] {
			t.Errorf("not in programs.yaml: %s", row)
		}
	}
}
