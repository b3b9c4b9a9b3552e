// SPDX-License-Identifier: Apache-2.0

package hooktest

import (
	"fmt"
	"go/ast"
	"path"
	"strings"
)

// parameter is a parameter, receiver or result of a woven function.
type parameter struct{ name, typ string }

// weaveFunction puts a call of each hook into the target, through a function
// variable that main's init sets.
func (w *weaver) weaveFunction(rule Rule, hooks string) {
	s, f := w.find(rule["package"], rule["function"])
	inputs := parameters(s, f.Recv)
	inputs = append(inputs, parameters(s, f.Type.Params)...)
	results := nameResults(s, f.Type.Results)
	w.importUnsafe(s)

	symbol := "otel_" + rule["name"]
	entry := " var otelcall struct { code uintptr; self unsafe.Pointer; exit func(unsafe.Pointer); function unsafe.Pointer; data interface{}; flags uintptr };"
	if hook := rule["before"]; hook != "" {
		args, typ := w.hookArguments(rule, hooks, hook, symbol+"_before", append(append([]parameter{}, inputs...), results...))
		entry += fmt.Sprintf(" if %s_before != nil { otelx := uintptr(unsafe.Pointer(&otelcall)); %s_before(*(*unsafe.Pointer)(unsafe.Pointer(&otelx))%s); if otelcall.flags&1 != 0 { return } };",
			symbol, symbol, args)
		s.declare(symbol+"_before", typ)
	}
	if hook := rule["after"]; hook != "" {
		args, typ := w.hookArguments(rule, hooks, hook, symbol+"_after", append(append([]parameter{}, results...), append(inputs, results...)...))
		entry = strings.Replace(entry, "flags uintptr };", "flags uintptr };"+fmt.Sprintf(" defer func() { if %s_after != nil { otelx := uintptr(unsafe.Pointer(&otelcall)); %s_after(*(*unsafe.Pointer)(unsafe.Pointer(&otelx))%s) } }();",
			symbol, symbol, args), 1)
		s.declare(symbol+"_after", typ)
	}
	s.insert(f.Body.Lbrace+1, entry)
}

// declare adds a hook variable at the end of the file.
func (s *source) declare(symbol, typ string) {
	end := len(s.text)
	s.edits = append(s.edits, edit{end, end, "\n//go:linkname " + symbol + "\nvar " + symbol + " " + typ + "\n"})
}

// hookArguments reads the hook's signature, and adds its glue to main. It
// returns the text of the arguments that the target passes after the call, and
// the type of the hook variable in the target's package. offered are the parameters that a hook may have, in order; a
// result may be there twice, as the hook may start with either.
func (w *weaver) hookArguments(rule Rule, hooks, hook, symbol string, offered []parameter) (pass, typ string) {
	s, f := w.find(hooks, hook)
	wanted := parameters(s, f.Type.Params)
	glueParams, glueArgs := "call *hook.Call", ""
	if len(wanted) > 0 && wanted[0].typ == "*hook.Call" {
		wanted = wanted[1:]
		glueArgs = "call"
	}
	typ = "func(unsafe.Pointer"
	for i, want := range wanted {
		if glueArgs != "" {
			glueArgs += ", "
		}
		if want.name == "_" && want.typ == "any" {
			glueArgs += "nil"
			offered = offered[1:]
			continue
		}
		plain := strings.ReplaceAll(want.typ, path.Base(rule["package"])+".", "")
		for len(offered) > 0 && offered[0].typ != plain && "*"+offered[0].typ != plain {
			offered = offered[1:]
		}
		if len(offered) == 0 {
			w.t.Fatalf("hook %s: nothing of type %s in %s", hook, plain, rule["function"])
		}
		address := ""
		if offered[0].typ != plain {
			address = "&"
		}
		pass += ", " + address + offered[0].name
		typ += ", " + plain
		glueParams += fmt.Sprintf(", p%d %s", i, want.typ)
		glueArgs += fmt.Sprintf("p%d", i)
		offered = offered[1:]
	}
	w.glue = append(w.glue,
		fmt.Sprintf("//go:linkname %s %s.%s\nvar %s func(%s)\nfunc init() { %s = func(%s) { defer hook.Contain(%q, %q); %s.%s(%s) } }\n",
			symbol, rule["package"], symbol, symbol, glueParams, symbol, glueParams, rule["name"], hook, path.Base(hooks), hook, glueArgs))
	return pass, typ + ")"
}

// parameters names each one.
func parameters(s *source, list *ast.FieldList) (all []parameter) {
	if list == nil {
		return nil
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			all = append(all, parameter{name.Name, s.of(field.Type)})
		}
		if len(field.Names) == 0 {
			all = append(all, parameter{"_", s.of(field.Type)})
		}
	}
	return all
}

// nameResults gives unnamed and blank results names, once for each function.
func nameResults(s *source, list *ast.FieldList) (all []parameter) {
	if list == nil {
		return nil
	}
	for _, field := range list.List {
		typ := s.of(field.Type)
		if len(field.Names) == 0 {
			name := fmt.Sprintf("otelr%d", len(all))
			s.insert(field.Pos(), name+" ")
			all = append(all, parameter{name, typ})
		}
		for _, id := range field.Names {
			name := id.Name
			if name == "_" {
				name = fmt.Sprintf("otelr%d", len(all))
				s.edits = append(s.edits, edit{s.offset(id.Pos()), s.offset(id.End()), name})
			}
			all = append(all, parameter{name, typ})
		}
	}
	return all
}

func (w *weaver) importUnsafe(s *source) {
	if strings.Contains(s.text, `"unsafe"`) || s.unsafe {
		w.makeUnsafeUsable(s)
		return
	}
	s.unsafe = true
	s.insert(s.file.Name.End(), `; import "unsafe"`)
}

// makeUnsafeUsable gives a blank import of unsafe its name.
func (w *weaver) makeUnsafeUsable(s *source) {
	for _, i := range s.file.Imports {
		if i.Path.Value == `"unsafe"` && i.Name != nil && !s.unsafe {
			s.unsafe = true
			s.edits = append(s.edits, edit{s.offset(i.Name.Pos()), s.offset(i.Name.End()), ""})
		}
	}
}
