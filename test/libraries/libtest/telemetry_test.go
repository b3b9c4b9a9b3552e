// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"otel.runtime/view/receiver"
)

// What the page lists is still in the code: a name that went would stay otherwise,
// as tests only add.
func TestPageHasNoNamesThatAreGone(t *testing.T) {
	text, err := os.ReadFile(Page)
	if err != nil {
		t.Fatal(err)
	}
	table := ReadTable(string(text))
	if table.String() != string(text) {
		t.Errorf("written by hand? %s", Difference(table.String(), string(text)))
	}
	literals := literalsOf(t, filepath.Join(root, "go-runtime"))
	names := 0
	check := func(name string) {
		names++
		if !strings.Contains(name, "<key>") && !literals[name] {
			t.Errorf("%s isn't in go-runtime: leave it out of docs/telemetry.md, and write that anew", name)
		}
	}
	for _, of := range []rows{table.Spans, table.Events, table.Metrics} {
		for _, attributes := range of {
			for _, name := range attributes {
				check(name)
			}
		}
	}
	for row := range table.Metrics {
		name, _, _ := strings.Cut(row, " | ")
		check(name)
	}
	if names < 100 {
		t.Errorf("only %d names", names)
	}
}

func TestTelemetryThatIsNotOnThePageIsTold(t *testing.T) {
	have := ReadTable("## Spans\n| otel.runtime/x | SERVER | form | `a`, `b` |\n")
	missing := have.Spans.merge(TelemetryOf([]receiver.Span{
		{Kind: "SERVER", Scope: receiver.Scope{Name: "otel.runtime/x"}, Attributes: receiver.Attributes{{Key: "error.type", Value: "x"}}},
		{Kind: "CLIENT", Scope: receiver.Scope{Name: "theirs"}},
	}, nil, "").Spans)
	if len(missing) == 0 || !strings.HasPrefix(missing[len(missing)-1], "otel.runtime/x | SERVER |") || !strings.HasSuffix(missing[len(missing)-1], "error.type") {
		t.Errorf("%q", missing)
	}
}

func literalsOf(t *testing.T, dir string) map[string]bool {
	all := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil {
					all[text] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
