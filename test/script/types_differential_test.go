// SPDX-License-Identifier: Apache-2.0

package script

import (
	"fmt"
	"go/ast"
	gobuild "go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What is called, and conditions on what types implement, by the names of their rules.
var (
	calledFunctions = map[string]string{
		"buffer": "(*bytes.Buffer).WriteString", "flush": "(*bufio.Writer).Flush", "lock": "(*sync.Mutex).Lock", "write": "(io.Writer).Write",
		"builder": "(*strings.Builder).WriteString", "fprintf": "fmt.Fprintf", "context": "(*net/http.Request).Context",
		"file": "(*os.File).Close", "url": "(*net/url.URL).String", "kind": "(reflect.Value).Kind", "closer": "(io.Closer).Close",
		"conn": "(net.Conn).Close", "header": "(net/http.Header).Set", "object": "(go/types.Object).Name", "errors": "errors.New",
		"rlock": "(*sync.RWMutex).RLock", "rtype": "(reflect.Type).String", "node": "(go/ast.Node).Pos", "pointer": "(*sync/atomic.Pointer).Load",
	}
	implementing = map[string][2]string{
		"closers": {"receiver_implements", "io.Closer"}, "stringers": {"receiver_implements", "fmt.Stringer"},
		"failures": {"receiver_implements", "error"}, "objects": {"receiver_implements", "go/types.Object"},
		"handlers": {"receiver_implements", "net/http.Handler"}, "conns": {"parameter_implements", "net.Conn"},
		"readers": {"parameter_implements", "io.Reader"}, "contexts": {"parameter_implements", "context.Context"},
		"failing": {"last_result_implements", "error"}, "opening": {"result_implements", "io.ReadCloser"},
		"nodes": {"parameter_implements", "go/ast.Expr"},
	}
	typedPackages = strings.Fields("bufio bytes context crypto/tls database/sql encoding/json encoding/xml errors fmt go/ast go/doc " +
		"go/parser go/token go/types html/template image/png io io/fs log log/slog mime/multipart net net/http net/http/httputil net/rpc " +
		"net/smtp net/textproto net/url os os/exec reflect regexp regexp/syntax strconv strings sync text/tabwriter text/template")
)

// TestTypesAreThoseOfGo compares the calls and functions of the standard library that rules find with what Go's own type checker says of
// them: nothing may be found that isn't one, and of calls what isn't found must be told.
func TestTypesAreThoseOfGo(t *testing.T) {
	root := t.TempDir()
	rules, program := "library: l\nrules:\n", "package main\n\nimport (\n"
	for _, path := range typedPackages {
		program += fmt.Sprintf("\t_ %q\n", path)
		rule := strings.ReplaceAll(path, "/", "_")
		for name, callee := range calledFunctions {
			rules += fmt.Sprintf("  - {name: t_%s__%s, kind: call, package: %s, callee: %s, replace: $func($args)}\n", name, rule, path, callee)
		}
		for name, where := range implementing {
			rules += fmt.Sprintf("  - {name: t_%s__%s, kind: raw, package: %s, function: /./, where: {%s: %s}, at: entry, insert: _ = 0}\n", name, rule,
				path, where[0], where[1])
		}
	}
	for name, text := range map[string]string{"go.mod": "module example.com/typed\n\ngo 1.25.0\n", "otel.rules.yaml": rules,
		"main.go": program + ")\n\nfunc main() {}\n"} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command(place.otel, "rules", "list", "--all")
	command.Dir = root
	command.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off", "OTEL_GO_CACHE="+filepath.Join(root, "cache"), "PWD="+root,
		"CGO_ENABLED=0", "GIT_CEILING_DIRECTORIES="+root)
	listed, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	found, left := map[string]int{}, 0
	for _, line := range regexp.MustCompile(`(?m)^t_([a-z]+)__\S+ .* woven +(\S+)$`).FindAllSubmatch(listed, -1) {
		found[string(line[1])+" "+string(line[2])]++
	}
	for _, line := range regexp.MustCompile(`(?m)^t_.* (a|\d+) calls? of a method`).FindAllSubmatch(listed, -1) {
		count := 1
		fmt.Sscan(string(line[1]), &count)
		left += count
	}
	calls, functions := typesOfGo(t)
	missed, total := 0, 0
	for where, n := range calls {
		total += n
		missed += max(0, n-found[where])
	}
	for where, n := range functions {
		if found[where] < n {
			t.Errorf("%s isn't found", where)
		}
	}
	for where, n := range found {
		if n > calls[where]+functions[where] {
			t.Errorf("%s is found %d times, but is there %d times", where, n, calls[where]+functions[where])
		}
	}
	t.Logf("%d calls, %d of them left alone; %d calls and functions found, %d calls of which the type is said not to be known", total, missed,
		len(found), left)
	if total < 1000 || len(functions) < 1000 || missed > left || missed*50 > total {
		t.Errorf("%d of %d calls aren't found, and %d told to be left alone; %d functions", missed, total, left, len(functions))
	}
}

// typesOfGo are the calls of the functions, and the functions for which the conditions hold, as Go's type checker has them: their number by
// "rule file:line".
func typesOfGo(t *testing.T) (calls, functions map[string]int) {
	files := token.NewFileSet()
	imported := importer.ForCompiler(files, "source", nil)
	calls, functions = map[string]int{}, map[string]int{}
	rules := map[string]string{}
	for name, callee := range calledFunctions {
		rules[callee] = name
	}
	context := gobuild.Default
	context.CgoEnabled = false
	for _, path := range typedPackages {
		listed, err := context.Import(path, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		var parsed []*ast.File
		for _, name := range listed.GoFiles {
			file, err := parser.ParseFile(files, filepath.Join(listed.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			parsed = append(parsed, file)
		}
		info := &types.Info{Selections: map[*ast.SelectorExpr]*types.Selection{}, Uses: map[*ast.Ident]types.Object{},
			Defs: map[*ast.Ident]types.Object{}}
		config := types.Config{Importer: imported, Error: func(error) {}}
		checked, _ := config.Check(path, files, parsed, info)
		interfaces := map[string]*types.Interface{"error": types.Universe.Lookup("error").Type().Underlying().(*types.Interface)}
		for _, where := range implementing {
			if dot := strings.LastIndex(where[1], "."); dot > 0 {
				of := checked // the types of a package that is checked again are others than those that are imported
				if where[1][:dot] != path {
					if of, err = imported.Import(where[1][:dot]); err != nil {
						t.Fatal(err)
					}
				}
				interfaces[where[1]] = of.Scope().Lookup(where[1][dot+1:]).Type().Underlying().(*types.Interface)
			}
		}
		at := func(name string, node ast.Node) string {
			position := files.Position(node.Pos())
			return fmt.Sprintf("%s %s:%d", name, position.Filename, position.Line)
		}
		for _, file := range parsed {
			ast.Inspect(file, func(node ast.Node) bool {
				if call, ok := node.(*ast.CallExpr); ok {
					if name, called := calledBy(call, info); called != nil {
						for _, text := range name {
							if rule := rules[text]; rule != "" {
								calls[at(rule, called)]++
								break
							}
						}
					}
				}
				if declared, ok := node.(*ast.FuncDecl); ok && declared.Name.Name != "_" && declared.Body != nil {
					if function, ok := info.Defs[declared.Name].(*types.Func); ok {
						for name, where := range implementing {
							if hasImplementing(function.Type().(*types.Signature), where[0], interfaces[where[1]]) {
								functions[at(name, declared.Name)]++
							}
						}
					}
				}
				return true
			})
		}
	}
	return calls, functions
}

var typeArguments = regexp.MustCompile(`\[.*\]`)

// calledBy is what a call names: the function or method as rules write it, and of a method also as one of the type that it is called on.
func calledBy(call *ast.CallExpr, info *types.Info) ([]string, *ast.Ident) {
	expression := call.Fun
	if index, ok := expression.(*ast.IndexExpr); ok {
		expression = index.X
	}
	name, _ := expression.(*ast.Ident)
	var names []string
	if selector, ok := expression.(*ast.SelectorExpr); ok {
		name = selector.Sel
		if selection := info.Selections[selector]; selection != nil {
			if selection.Kind() != types.MethodVal {
				return nil, nil
			}
			receiver := selection.Recv()
			if pointer, ok := receiver.(*types.Pointer); ok {
				receiver = pointer.Elem()
			}
			if named, ok := types.Unalias(receiver).(*types.Named); ok && named.Obj().Pkg() != nil {
				names = append(names, fmt.Sprintf("(%s.%s).%s", named.Obj().Pkg().Path(), named.Obj().Name(), name.Name))
			}
		}
	}
	if function, ok := info.Uses[name].(*types.Func); name != nil && ok {
		return append(names, typeArguments.ReplaceAllString(function.FullName(), "")), name
	}
	return nil, nil
}

func hasImplementing(signature *types.Signature, where string, wanted *types.Interface) bool {
	var among []types.Type
	list := func(tuple *types.Tuple) {
		for i := range tuple.Len() {
			among = append(among, tuple.At(i).Type())
		}
	}
	switch where {
	case "receiver_implements":
		if signature.Recv() != nil {
			among = append(among, signature.Recv().Type())
		}
	case "parameter_implements":
		list(signature.Params())
	case "result_implements":
		list(signature.Results())
	case "last_result_implements":
		list(signature.Results())
		among = among[max(0, len(among)-1):]
	}
	for _, one := range among {
		if _, parameter := one.(*types.TypeParam); !parameter && types.Implements(one, wanted) {
			return true
		}
	}
	return false
}
