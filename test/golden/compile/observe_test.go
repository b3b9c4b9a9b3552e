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

// source is a parsed Go file.
type source struct {
	files *token.FileSet
	file  *ast.File
	text  string
}

func parse(t *testing.T, name, text string) source {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, text, 0)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return source{files, file, text}
}

// spelled is the text of a node.
func (s source) spelled(node ast.Node) string {
	return s.text[s.files.Position(node.Pos()).Offset:s.files.Position(node.End()).Offset]
}

// telling is a file of hooks each of which prints the name of the case and its own.
func telling(t *testing.T, name, text string) string {
	s := parse(t, name, text)
	for i := len(s.file.Decls) - 1; i >= 0; i-- {
		if hook, ok := s.file.Decls[i].(*ast.FuncDecl); ok && hook.Body != nil && hook.Recv == nil {
			at := s.files.Position(hook.Body.Lbrace).Offset + 1
			text = text[:at] + fmt.Sprintf(" println(%q); ", name+"."+hook.Name.Name) + text[at:]
		}
	}
	return text
}

// caller is a file of the woven package with a function that calls all of the package's functions with zero values.
// Type parameters are int. What such a call panics with doesn't matter.
func caller(t *testing.T, name, text string) string {
	s := parse(t, name, text)
	generic := s.typeParameters()
	calls := ""
	for _, declaration := range s.file.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if ok && function.Name.Name != "init" && function.Name.Name != "main" && function.Name.Name != "_" {
			calls += fmt.Sprintf("\totelCall(func() { %s })\n", s.call(function, generic))
		}
	}
	return fmt.Sprintf("package %s\n\n%sfunc OtelCallAll(otelCall func(func())) {\n%s}\n",
		s.file.Name.Name, s.importsOf(calls), calls)
}

// typeParameters are the numbers of parameters of the types.
func (s source) typeParameters() map[string]int {
	numbers := map[string]int{}
	for _, declaration := range s.file.Decls {
		group, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range group.Specs {
			if of, ok := spec.(*ast.TypeSpec); ok {
				numbers[of.Name.Name] = of.TypeParams.NumFields()
			}
		}
	}
	return numbers
}

func instance(name string, parameters int) string {
	if parameters == 0 {
		return name
	}
	return name + "[" + strings.TrimSuffix(strings.Repeat("int, ", parameters), ", ") + "]"
}

// call is a call of the function with zero values.
func (s source) call(function *ast.FuncDecl, generic map[string]int) string {
	callee := instance(function.Name.Name, function.Type.TypeParams.NumFields())
	var parameters []string // those of type
	if function.Type.TypeParams != nil {
		for _, field := range function.Type.TypeParams.List {
			for _, parameter := range field.Names {
				parameters = append(parameters, parameter.Name)
			}
		}
	}
	if function.Recv != nil {
		var receiver string
		receiver, parameters = s.receiver(function)
		callee = fmt.Sprintf("new(%s).%s", instance(receiver, generic[receiver]), callee)
	}
	var values []string
	for _, field := range function.Type.Params.List {
		if _, variadic := field.Type.(*ast.Ellipsis); variadic {
			continue
		}
		spelled := s.spelled(field.Type)
		for _, parameter := range parameters {
			spelled = regexp.MustCompile(`\b`+regexp.QuoteMeta(parameter)+`\b`).ReplaceAllString(spelled, "int")
		}
		for range max(1, len(field.Names)) {
			values = append(values, fmt.Sprintf("*new(%s)", spelled))
		}
	}
	return fmt.Sprintf("%s(%s)", callee, strings.Join(values, ", "))
}

// receiver is the name of a method's type, and what the method calls the type's parameters.
func (s source) receiver(method *ast.FuncDecl) (name string, parameters []string) {
	of := method.Recv.List[0].Type
	if pointer, ok := of.(*ast.StarExpr); ok {
		of = pointer.X
	}
	switch generic := of.(type) {
	case *ast.IndexExpr:
		return s.spelled(generic.X), []string{s.spelled(generic.Index)}
	case *ast.IndexListExpr:
		for _, index := range generic.Indices {
			parameters = append(parameters, s.spelled(index))
		}
		return s.spelled(generic.X), parameters
	}
	return s.spelled(of), nil
}

// importsOf are those imports of the file that the calls use.
func (s source) importsOf(calls string) (imports string) {
	for _, of := range s.file.Imports {
		path, _ := strconv.Unquote(of.Path.Value)
		qualifier := path[strings.LastIndex(path, "/")+1:]
		if of.Name != nil {
			qualifier = of.Name.Name
		}
		if regexp.MustCompile(`\b` + regexp.QuoteMeta(qualifier) + `\.`).MatchString(calls) {
			imports += "import " + s.spelled(of) + "\n"
		}
	}
	return imports
}
