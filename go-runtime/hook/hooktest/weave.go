// SPDX-License-Identifier: Apache-2.0

package hooktest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// weaver collects the woven sources of one build.
type weaver struct {
	t         testing.TB
	goCommand string
	env       []string
	goroot    string
	work      string             // where woven sources are written
	sources   map[string]*source // by path in GOROOT
	replace   map[string]string  // the overlay
	glue      []string           // declarations and statements for main's init
}

// source is a Go file and the text to be spliced into it.
type source struct {
	text  string
	file  *ast.File
	fset  *token.FileSet
	edits []edit

	unsafe bool // whether "unsafe" can be named
}

type edit struct {
	from, to int
	text     string
}

func (s *source) offset(p token.Pos) int { return s.fset.Position(p).Offset }

func (s *source) insert(at token.Pos, text string) {
	s.edits = append(s.edits, edit{s.offset(at), s.offset(at), text})
}

func (s *source) of(n ast.Node) string { return s.text[s.offset(n.Pos()):s.offset(n.End())] }

// woven is the text with its edits done.
func (s *source) woven() string {
	sort.SliceStable(s.edits, func(i, j int) bool { return s.edits[i].from < s.edits[j].from })
	var b strings.Builder
	at := 0
	for _, e := range s.edits {
		b.WriteString(s.text[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.WriteString(s.text[at:])
	return b.String()
}

// find is the source file and the declaration of a function, T.M or (*T).M, of
// the standard library or of this module.
func (w *weaver) find(pkg, function string) (*source, *ast.FuncDecl) {
	dir := filepath.Join(w.goroot, "src", pkg)
	if ours, ok := strings.CutPrefix(pkg, "otel.runtime/"); ok {
		dir = filepath.Join(module, ours)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_js.go") {
			continue
		}
		s := w.source(name)
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil && declared(s, f) == function {
				return s, f
			}
		}
	}
	w.t.Fatalf("no function %s in %s", function, dir)
	return nil, nil
}

// declared is a function's name as rules have it.
func declared(s *source, f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	receiver := s.of(f.Recv.List[0].Type)
	if strings.HasPrefix(receiver, "*") {
		receiver = "(" + receiver + ")"
	}
	return receiver + "." + f.Name.Name
}

func (w *weaver) source(path string) *source {
	if s := w.sources[path]; s != nil {
		return s
	}
	text, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	s := &source{text: string(text), fset: token.NewFileSet()}
	if s.file, err = parser.ParseFile(s.fset, path, text, parser.SkipObjectResolution); err != nil {
		w.t.Fatal(err)
	}
	w.sources[path] = s
	return s
}

func (w *weaver) weave(file ruleFile) {
	for _, rule := range file.rules {
		pkg := rule["package"]
		switch rule["kind"] {
		case "file":
			path := filepath.Join(file.dir, rule["file"])
			// Last in the package, or the export data changes.
			w.replace[filepath.Join(w.goroot, "src", pkg, "zz_"+filepath.Base(path))] = path
		case "raw":
			w.weaveRaw(rule)
		case "call":
			w.weaveCall(rule)
		case "function":
			w.weaveFunction(rule, file.hooks)
		default:
			w.t.Fatalf("rule %s: kind %q", rule["name"], rule["kind"])
		}
	}
}

func (w *weaver) weaveRaw(rule Rule) {
	s, f := w.find(rule["package"], rule["function"])
	if rule["at"] == "entry" {
		s.insert(f.Body.Lbrace+1, " "+rule["insert"]+";")
		return
	}
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok {
			s.insert(r.Pos(), rule["insert"]+"; ")
			found = true
		}
		_, literal := n.(*ast.FuncLit)
		return !literal
	})
	if !found {
		w.t.Fatalf("rule %s: no return in %s", rule["name"], rule["function"])
	}
}

func (w *weaver) weaveCall(rule Rule) {
	s, f := w.find(rule["package"], rule["function"])
	found := 0
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && s.of(c) == rule["call"] {
			s.edits = append(s.edits, edit{s.offset(c.Pos()), s.offset(c.End()), rule["replace"]})
			found++
		}
		return true
	})
	if found != 1 {
		w.t.Fatalf("rule %s: %d calls %s in %s", rule["name"], found, rule["call"], rule["function"])
	}
}
