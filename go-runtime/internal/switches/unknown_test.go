// SPDX-License-Identifier: Apache-2.0

package switches

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

func TestUnknownNamesHaveANearOne(t *testing.T) {
	names, near := Unknown("slgo, zap,net/htp,, gorilla,REDIS,kafka")
	if want := []string{"slgo", "net/htp", "gorilla", "REDIS", "kafka"}; !reflect.DeepEqual(names, want) {
		t.Errorf("%q", names)
	}
	if near[0] != "slog" || near[1] != "net/http" || near[4] != "" {
		t.Errorf("%q", near)
	}
	if names, _ := Unknown("slog,net/http:server,otel:span"); len(names) > 0 {
		t.Errorf("%q", names)
	}
}

// Known has each name that a package asks for.
func TestKnownNamesAreThoseOfTheCode(t *testing.T) {
	known := map[string]bool{}
	for _, name := range Known {
		known[name] = true
	}
	asked := 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			of, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || of.Sel.Name != "Off" && of.Sel.Name != "Disabled" {
				return true
			}
			for _, argument := range call.Args {
				if literal, ok := argument.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					name, _ := strconv.Unquote(literal.Value)
					asked++
					if !known[name] {
						t.Errorf("%s: %q isn't in Known", path, name)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil || asked < 20 {
		t.Errorf("%d names, %v", asked, err)
	}
}
