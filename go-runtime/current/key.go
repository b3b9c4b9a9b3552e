// SPDX-License-Identifier: Apache-2.0

package current

import (
	"context"
	"reflect"
	"sync"
	"unsafe"

	"go.opentelemetry.io/otel/trace"
)

// Carried is the span that ctx carries, and whether it carries any: a nil span
// (trace.ContextWithSpan(ctx, nil)) and one that isn't valid are carried too,
// and say that there is no parent.
func Carried(ctx context.Context) (span trace.Span, carries bool) {
	if ctx == nil {
		return nil, false
	}
	if spanIn == nil {
		span = trace.SpanFromContext(ctx)
		return span, span != none || hides(ctx)
	}
	if span = spanIn(ctx); span != nil {
		return span, true
	}
	return nil, hides(ctx)
}

// hides reports whether ctx, in which no span is found, was made with a nil one:
// context.Context can't tell nil from nothing, so the contexts that it is made of
// are looked at.
func hides(ctx context.Context) bool {
	found := false
	eachSpan(ctx, func(any) bool { found = true; return false })
	return found
}

// eachSpan calls visit with what each context that ctx is made of has as its span,
// from ctx upward, until visit returns false. Those of package context, and structs
// that embed a Context, are seen through; what is behind others isn't.
func eachSpan(ctx context.Context, visit func(span any) bool) {
	for ctx != nil {
		at := layoutOf(reflect.TypeOf(ctx))
		value := (*words)(unsafe.Pointer(&ctx)).value
		if !at.embeds || value == nil {
			return
		}
		if made, ok := ctx.(*Unsampled); ok {
			if !visit(&made.span) {
				return
			}
		} else if at.isValue && *(*any)(unsafe.Add(value, at.key)) == spanKey {
			if !visit(*(*any)(unsafe.Add(value, at.val))) {
				return
			}
		}
		ctx = *(*context.Context)(unsafe.Add(value, at.parent))
	}
}

// layout is where a type of context has its parent, its key and its value.
type layout struct {
	embeds, isValue  bool
	parent, key, val uintptr
}

var layouts sync.Map // reflect.Type to layout

func layoutOf(t reflect.Type) layout {
	if known, ok := layouts.Load(t); ok {
		return known.(layout)
	}
	made := layout{}
	of := t
	if t.Kind() == reflect.Pointer {
		of = t.Elem()
	}
	if of.Kind() == reflect.Struct {
		made.parent, made.embeds = parentIn(of)
		if key, ok := of.FieldByName("key"); ok && made.embeds && of.PkgPath() == "context" && key.Type.Kind() == reflect.Interface && key.Type.NumMethod() == 0 {
			if val, ok := of.FieldByName("val"); ok && val.Type == key.Type {
				made.key, made.val, made.isValue = key.Offset, val.Offset, true
			}
		}
	}
	layouts.Store(t, made)
	return made
}

var contextType = reflect.TypeOf((*context.Context)(nil)).Elem()

// parentIn is where a struct has its parent. A struct of one pointer is kept in
// an interface as that pointer; none that has a Context is.
func parentIn(of reflect.Type) (offset uintptr, found bool) {
	for i := 0; i < of.NumField(); i++ {
		field := of.Field(i)
		switch {
		case field.Type == contextType && (field.Anonymous || of.PkgPath() == "context"):
			return field.Offset, true
		case field.Anonymous && field.Type.Kind() == reflect.Struct:
			if inner, ok := parentIn(field.Type); ok {
				return field.Offset + inner, true
			}
		}
	}
	return 0, false
}
