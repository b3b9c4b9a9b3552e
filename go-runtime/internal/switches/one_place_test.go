// SPDX-License-Identifier: Apache-2.0

package switches

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// What all libraries have in common is said in one place.
func TestOnePlace(t *testing.T) {
	for text, places := range map[string][]string{
		// Besides, it is in the table of variables, and read once to tell of unknown names.
		"OTEL_GO_DISABLED_INSTRUMENTATIONS": {"internal/switches/switches.go", "internal/variables/variables.go", "instrumentation/net_http/doc.go", "sdk/start.go"},
		"https://opentelemetry.io/schemas/": {"conventions/version.go"},
	} {
		found := placesOf(t, text)
		for _, place := range places {
			delete(found, place)
		}
		for place := range found {
			t.Errorf("%s is in %s, not only in %v", text, place, places)
		}
	}
}

// placesOf are the files that have a string with that text.
func placesOf(t *testing.T, text string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if value, err := strconv.Unquote(literal.Value); err == nil && strings.Contains(value, text) {
					of, _ := filepath.Rel(root, path)
					found[filepath.ToSlash(of)] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil || len(found) == 0 {
		t.Fatalf("%s is nowhere (%v)", text, err)
	}
	return found
}
