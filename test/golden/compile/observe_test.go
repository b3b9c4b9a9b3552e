// SPDX-License-Identifier: Apache-2.0

package compile

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
)

var hookCall = regexp.MustCompile(`otelhooks\.(\w+)\(`)

// call is what the program calls each function with. One that doesn't return within a second is left alone.
const call = `
func call(f func()) {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { recover() }()
		f()
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
	}
}
`

// Hooks that no call with zero values comes to.
var unreached = map[string]string{
	"return_nowhere.AfterN": "N never returns",
}

// hooksOf are the hooks that the glue of a case calls.
func hooksOf(sections map[string]string) (names []string) {
	known := map[string]bool{}
	for section, text := range sections {
		if !strings.HasPrefix(section, "want.glue/") {
			continue
		}
		for _, match := range hookCall.FindAllStringSubmatch(text, -1) {
			// Those of directives are otel's own: test/script/testdata/directive_span.txtar sees them.
			if !known[match[1]] && !strings.Contains(match[1], "_otel_") {
				known[match[1]] = true
				names = append(names, match[1])
			}
		}
	}
	sort.Strings(names)
	return names
}

// telling is a file of hooks each of which prints the name of the case and its own.
func telling(t *testing.T, name, text string) string {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, text, 0)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for i := len(file.Decls) - 1; i >= 0; i-- {
		if hook, ok := file.Decls[i].(*ast.FuncDecl); ok && hook.Body != nil && hook.Recv == nil {
			at := files.Position(hook.Body.Lbrace).Offset + 1
			text = text[:at] + fmt.Sprintf(" println(%q); ", name+"."+hook.Name.Name) + text[at:]
		}
	}
	return text
}

// caller is a file of the woven package with a function that calls all of the package's functions with zero values.
// Type parameters are int. What such a call panics with doesn't matter.
func caller(t *testing.T, name, text string) string {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, text, 0)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	source := func(node ast.Node) string {
		return text[files.Position(node.Pos()).Offset:files.Position(node.End()).Offset]
	}
	generic := map[string]int{} // number of a type's parameters
	for _, declaration := range file.Decls {
		if group, ok := declaration.(*ast.GenDecl); ok {
			for _, spec := range group.Specs {
				if of, ok := spec.(*ast.TypeSpec); ok {
					generic[of.Name.Name] = of.TypeParams.NumFields()
				}
			}
		}
	}
	calls := ""
	for _, declaration := range file.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok || function.Name.Name == "init" || function.Name.Name == "main" || function.Name.Name == "_" {
			continue
		}
		types := map[string]bool{} // type parameters
		callee := function.Name.Name
		if n := function.Type.TypeParams.NumFields(); n > 0 {
			for _, field := range function.Type.TypeParams.List {
				for _, parameter := range field.Names {
					types[parameter.Name] = true
				}
			}
			callee += "[" + strings.TrimSuffix(strings.Repeat("int, ", n), ", ") + "]"
		}
		if function.Recv != nil {
			receiver := function.Recv.List[0].Type
			if pointer, ok := receiver.(*ast.StarExpr); ok {
				receiver = pointer.X
			}
			switch of := receiver.(type) {
			case *ast.IndexExpr:
				types[source(of.Index)] = true
				receiver = of.X
			case *ast.IndexListExpr:
				for _, index := range of.Indices {
					types[source(index)] = true
				}
				receiver = of.X
			}
			of := source(receiver)
			if n := generic[of]; n > 0 {
				of += "[" + strings.TrimSuffix(strings.Repeat("int, ", n), ", ") + "]"
			}
			callee = fmt.Sprintf("new(%s).%s", of, callee)
		}
		var values []string
		for _, field := range function.Type.Params.List {
			if _, variadic := field.Type.(*ast.Ellipsis); variadic {
				continue
			}
			spelled := source(field.Type)
			for parameter := range types {
				spelled = regexp.MustCompile(`\b`+regexp.QuoteMeta(parameter)+`\b`).ReplaceAllString(spelled, "int")
			}
			for range max(1, len(field.Names)) {
				values = append(values, fmt.Sprintf("*new(%s)", spelled))
			}
		}
		calls += fmt.Sprintf("\totelCall(func() { %s(%s) })\n", callee, strings.Join(values, ", "))
	}
	imports := ""
	for _, of := range file.Imports {
		path, _ := strconv.Unquote(of.Path.Value)
		qualifier := path[strings.LastIndex(path, "/")+1:]
		if of.Name != nil {
			qualifier = of.Name.Name
		}
		if regexp.MustCompile(`\b` + regexp.QuoteMeta(qualifier) + `\.`).MatchString(calls) {
			imports += "import " + source(of) + "\n"
		}
	}
	return fmt.Sprintf("package %s\n\n%sfunc OtelCallAll(otelCall func(func())) {\n%s}\n", file.Name.Name, imports, calls)
}
