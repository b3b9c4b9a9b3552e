// SPDX-License-Identifier: Apache-2.0

package semconv

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"otel.runtime/conventions"
)

// Version is the pinned version of the semantic conventions.
const Version = conventions.Version

// registry maps the name of each attribute of the conventions to its type as it
// is written there: string, int, double, boolean, string[], Enum, …
//
// It is read from the comments of package go.opentelemetry.io/otel/semconv,
// which is generated from the conventions:
//
//	// HTTPRouteKey is the attribute Key conforming to the "http.route" …
//	//
//	// Type: string
//	HTTPRouteKey = attribute.Key("http.route")
var registry = sync.OnceValues(func() (map[string]string, error) {
	dir, err := directory()
	if err != nil {
		return nil, err
	}
	source := filepath.Join(dir, "attribute_group.go")
	parsed, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	types := map[string]string{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		value, ok := n.(*ast.ValueSpec)
		if !ok || len(value.Values) != 1 {
			return true
		}
		if key := keyOf(value.Values[0]); key != "" {
			types[key] = typeIn(value.Doc.Text())
		}
		return false
	})
	if len(types) == 0 {
		return nil, fmt.Errorf("no attributes in %s", source)
	}
	return types, nil
})

// directory is where the source of the package is.
func directory() (string, error) {
	_, file, _, _ := runtime.Caller(0)
	list := exec.Command("go", "list", "-f", "{{.Dir}}", "go.opentelemetry.io/otel/semconv/v"+Version)
	list.Dir = filepath.Dir(file)
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return "", fmt.Errorf("go list: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// keyOf is "x" of attribute.Key("x"), or nothing.
func keyOf(e ast.Expr) string {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return ""
	}
	if name, ok := call.Fun.(*ast.SelectorExpr); !ok || name.Sel.Name != "Key" {
		return ""
	}
	literal, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return ""
	}
	key, err := strconv.Unquote(literal.Value)
	if err != nil {
		return ""
	}
	return key
}

func typeIn(comment string) string {
	for _, line := range strings.Split(comment, "\n") {
		if of, ok := strings.CutPrefix(line, "Type: "); ok {
			return of
		}
	}
	return ""
}

// fits reports whether a value as the receiver has it is of a type of the
// conventions. Enums are text or numbers; what isn't known here fits.
func fits(value any, of string) bool {
	switch of {
	case "string":
		_, ok := value.(string)
		return ok
	case "int":
		_, ok := value.(int64)
		return ok
	case "double":
		_, ok := value.(float64)
		return ok
	case "boolean":
		_, ok := value.(bool)
		return ok
	case "string[]", "int[]", "boolean[]", "double[]":
		all, ok := value.([]any)
		for _, v := range all {
			ok = ok && fits(v, strings.TrimSuffix(of, "[]"))
		}
		return ok
	case "Enum":
		return fits(value, "string") || fits(value, "int")
	}
	return true
}
