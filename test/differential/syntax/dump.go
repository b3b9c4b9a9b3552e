// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode"
)

// source is one file as Go's own packages read it; its dumps are what dump.cpp writes.
type source struct {
	bytes []byte
	file  *token.File
	out   bytes.Buffer
}

func newSource(src []byte) *source {
	return &source{bytes: src, file: token.NewFileSet().AddFile("", -1, len(src))}
}

func (s *source) line(head string, words ...string) {
	s.out.WriteString(head)
	for _, word := range words {
		s.out.WriteByte(' ')
		s.out.WriteString(word)
	}
	s.out.WriteByte('\n')
}

// dumpTokens returns false if go/scanner finds fault with the file.
func dumpTokens(src []byte) (string, bool) {
	s := newSource(src)
	var sc scanner.Scanner
	sc.Init(s.file, src, nil, 0)
	for {
		pos, tok, lit := sc.Scan()
		offset := s.file.Offset(pos)
		s.out.WriteString(strconv.Itoa(offset))
		s.out.WriteByte(' ')
		s.out.WriteString(tok.String())
		if tok == token.SEMICOLON && lit == "\n" {
			s.out.WriteString(" auto")
		}
		if tok.IsLiteral() {
			s.out.WriteByte(' ')
			s.out.WriteString(rawLiteral(src[offset:], lit))
		}
		s.out.WriteByte('\n')
		if tok == token.EOF {
			break
		}
	}
	failed := sc.ErrorCount > 0

	comments := newSource(src)
	sc.Init(comments.file, src, nil, scanner.ScanComments)
	for {
		pos, tok, _ := sc.Scan()
		if tok == token.EOF {
			break
		}
		if tok == token.COMMENT && !failed {
			begin := comments.file.Offset(pos)
			text := rawComment(src[begin:])
			s.line("comment", fmt.Sprintf("%d:%d", begin, begin+len(text)), text)
		}
	}
	return s.out.String(), !failed
}

// rawLiteral undoes that go/scanner drops carriage returns from raw strings.
func rawLiteral(src []byte, lit string) string {
	if src[0] != '`' {
		return lit
	}
	return string(src[:bytes.IndexByte(src[1:], '`')+2])
}

// rawComment is the comment at the start of src as it is written, with carriage returns inside.
func rawComment(src []byte) string {
	if bytes.HasPrefix(src, []byte("/*")) {
		return string(src[:bytes.Index(src[2:], []byte("*/"))+4])
	}
	line, _, _ := bytes.Cut(src, []byte("\n"))
	return string(bytes.TrimSuffix(line, []byte("\r")))
}

// dumpOutline returns false if go/parser, or the compiler's parser, finds fault with the file.
func dumpOutline(src []byte) (string, bool) {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, "", src, parser.ParseComments)
	if err != nil || hasOddReceiver(tree) {
		return "", false
	}
	s := &source{bytes: src, file: fset.File(tree.FileStart)}
	keyword := s.span(tree.Package, tree.Package+token.Pos(len("package")))
	s.line("package", keyword, tree.Name.Name, s.node(tree.Name), strconv.Itoa(s.file.Offset(tree.Name.End())))
	for _, spec := range tree.Imports {
		s.dumpImport(spec)
	}
	for _, decl := range tree.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok {
			s.dumpFunc(f)
		}
	}
	types := specs(tree, token.TYPE)
	for _, spec := range types {
		s.dumpType(spec.(*ast.TypeSpec))
	}
	for _, spec := range types {
		s.dumpStruct(spec.(*ast.TypeSpec))
	}
	for _, tok := range []token.Token{token.VAR, token.CONST} {
		for _, spec := range specs(tree, tok) {
			s.dumpValues(tok.String(), spec.(*ast.ValueSpec))
		}
	}
	s.dumpUses(tree)
	return s.out.String(), true
}

// dumpUses has the calls of functions of imported packages outside of types. What go/parser leaves unresolved is no
// name that the file declares.
func (s *source) dumpUses(tree *ast.File) {
	names, outer := map[string]bool{}, map[*ast.Ident]bool{}
	for _, spec := range tree.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		name := path[strings.LastIndexByte(path, '/')+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = true
	}
	for _, ident := range tree.Unresolved {
		outer[ident] = names[ident.Name]
	}
	// One that the package's level of the same file declares is no import either, but isn't hidden by a function.
	for name := range names {
		if tree.Scope.Lookup(name) != nil {
			s.markPackageLevel(tree, name, outer)
		}
	}
	var found []*ast.SelectorExpr
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ArrayType, *ast.ChanType, *ast.FuncType, *ast.InterfaceType, *ast.MapType, *ast.StructType, *ast.TypeSpec:
			return false
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && outer[x] {
					found = append(found, sel)
				}
			}
		}
		return true
	})
	sort.Slice(found, func(i, j int) bool { return found[i].Pos() < found[j].Pos() })
	for _, sel := range found {
		s.line("use", s.node(sel))
	}
}

func (s *source) markPackageLevel(tree *ast.File, name string, outer map[*ast.Ident]bool) {
	object := tree.Scope.Lookup(name)
	ast.Inspect(tree, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok && ident.Obj == object {
			outer[ident] = true
		}
		return true
	})
}

func specs(tree *ast.File, tok token.Token) (list []ast.Spec) {
	for _, decl := range tree.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == tok {
			list = append(list, d.Specs...)
		}
	}
	return list
}

func (s *source) span(begin, end token.Pos) string {
	return fmt.Sprintf("%d:%d", s.file.Offset(begin), s.file.Offset(end))
}

func (s *source) node(n ast.Node) string { return s.span(n.Pos(), n.End()) }

func (s *source) expr(x ast.Expr) string {
	if x == nil {
		return "-"
	}
	return s.node(x)
}

func (s *source) name(x *ast.Ident) []string {
	if x == nil {
		return []string{"", "-"}
	}
	return []string{x.Name, s.node(x)}
}

func (s *source) dumpImport(spec *ast.ImportSpec) {
	name := ""
	if spec.Name != nil {
		name = spec.Name.Name
	}
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		path = "ERROR " + err.Error()
	}
	s.line("import", name, path, s.node(spec))
}

func (s *source) dumpFunc(f *ast.FuncDecl) {
	s.line("func", append(s.name(f.Name), s.node(f))...)
	if f.Recv != nil {
		s.dumpReceiver(f.Recv)
	}
	s.dumpTypeParams(f.Type.TypeParams)
	s.line("  params", s.span(f.Type.Params.Opening, f.Type.Params.Closing+1))
	s.dumpParams("  param", f.Type.Params)
	switch results := f.Type.Results; {
	case results == nil:
		s.line("  results", "-")
	case results.Opening.IsValid():
		s.line("  results", s.span(results.Opening, results.Closing+1), "()")
	default:
		s.line("  results", s.node(results.List[0].Type))
	}
	s.dumpParams("  result", f.Type.Results)
	s.dumpDirectives(f.Doc)
	if f.Body != nil {
		s.dumpBody(f.Body)
	}
}

// receiver is a receiver's type taken apart.
type receiver struct {
	base    *ast.Ident
	pointer bool
	params  []*ast.Ident
}

// splitReceiver returns false for what go/parser lets through and the compiler's parser does not: no or several
// receivers, and types that have no methods.
func splitReceiver(list *ast.FieldList) (recv receiver, ok bool) {
	if list.NumFields() != 1 {
		return recv, false
	}
	x := list.List[0].Type
	var params []ast.Expr
	for {
		switch t := x.(type) {
		case *ast.StarExpr:
			x, recv.pointer = t.X, true
			continue
		case *ast.ParenExpr:
			x = t.X
			continue
		case *ast.IndexExpr:
			x, params = t.X, []ast.Expr{t.Index}
			continue
		case *ast.IndexListExpr:
			x, params = t.X, t.Indices
			continue
		}
		break
	}
	for _, param := range params {
		ident, isName := param.(*ast.Ident)
		if !isName {
			return recv, false
		}
		recv.params = append(recv.params, ident)
	}
	recv.base, ok = x.(*ast.Ident)
	return recv, ok
}

func hasOddReceiver(tree *ast.File) bool {
	for _, decl := range tree.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil {
			if _, ok := splitReceiver(f.Recv); !ok {
				return true
			}
		}
	}
	return false
}

func (s *source) dumpReceiver(list *ast.FieldList) {
	recv, _ := splitReceiver(list)
	field := list.List[0]
	var name *ast.Ident
	if len(field.Names) > 0 {
		name = field.Names[0]
	}
	words := append(s.name(name), s.node(field.Type), recv.base.Name)
	if recv.pointer {
		words = append(words, "*")
	}
	s.line("  receiver", words...)
	for _, param := range recv.params {
		s.line("  of", s.name(param)...)
	}
}

func (s *source) dumpTypeParams(list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			s.line("  tparam", append(s.name(name), s.node(field.Type))...)
		}
	}
}

func (s *source) dumpParams(head string, list *ast.FieldList) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		x, dots := field.Type, []string(nil)
		if t, ok := x.(*ast.Ellipsis); ok {
			x, dots = t.Elt, []string{"..."}
		}
		names := field.Names
		if len(names) == 0 {
			names = []*ast.Ident{nil}
		}
		for _, name := range names {
			s.line(head, append(append(s.name(name), s.node(x)), dots...)...)
		}
	}
}

var directive = regexp.MustCompile(`^//[a-z0-9]+:[a-z0-9]`)

func (s *source) dumpDirectives(doc *ast.CommentGroup) {
	if doc == nil {
		return
	}
	for _, comment := range doc.List {
		if !directive.MatchString(comment.Text) {
			continue
		}
		begin := s.file.Offset(comment.Pos())
		text := rawComment(s.bytes[begin:])
		s.line("  directive", fmt.Sprintf("%d:%d", begin, begin+len(text)), text)
	}
}

func (s *source) dumpBody(body *ast.BlockStmt) {
	s.line("  body", s.node(body))
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			exprs := "-"
			if count := len(n.Results); count > 0 {
				exprs = s.span(n.Results[0].Pos(), n.Results[count-1].End())
			}
			s.line("  return", s.node(n), exprs, strconv.Itoa(len(n.Results)))
		}
		return true
	})
}

func (s *source) dumpType(spec *ast.TypeSpec) {
	words := append(s.name(spec.Name), s.node(spec.Type))
	if spec.Assign.IsValid() {
		words = append(words, "=")
	}
	s.line("type", words...)
	s.dumpTypeParams(spec.TypeParams)
}

func (s *source) dumpStruct(spec *ast.TypeSpec) {
	t, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	words := append(s.name(spec.Name), s.span(t.Fields.Opening, t.Fields.Closing+1))
	if spec.Assign.IsValid() {
		words = append(words, "=")
	}
	s.line("struct", words...)
	s.dumpTypeParams(spec.TypeParams)
}

func (s *source) dumpValues(head string, spec *ast.ValueSpec) {
	for i, name := range spec.Names {
		value := "-"
		if len(spec.Values) == len(spec.Names) {
			value = s.node(spec.Values[i])
		}
		s.line(head, append(s.name(name), s.expr(spec.Type), value)...)
	}
}

func dumpUnicode() string {
	var out strings.Builder
	fmt.Fprintln(&out, unicode.Version)
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.IsLetter(r) {
			fmt.Fprintln(&out, "letter", r)
		}
		if unicode.IsDigit(r) {
			fmt.Fprintln(&out, "digit", r)
		}
	}
	return out.String()
}
