// SPDX-License-Identifier: Apache-2.0

package printed

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"otel.runtime/internal/trouble"
	"otel.runtime/telemetry/logs"
)

var told sync.Map // what Report has told of

// Report says, once for each of them, that nothing of what goes through something of
// the program's is exported.
func Report(of *logs.Logger, through any) { ReportType(of, fmt.Sprintf("%T", through)) }

// ReportType is Report for something whose type is called what.
func ReportType(of *logs.Logger, what string) {
	if _, is := told.LoadOrStore(of.Name()+what, true); !is {
		trouble.Report(fmt.Sprintf("%s: what %s prints isn't known, so no record that goes there is exported; OTEL_GO_LOGS_UNREDACTED=%s exports them as they are made",
			of.Name(), what, of.Name()))
	}
}

// Counts is IsPlain for what a library writes to; it reports one that isn't.
func Counts(of *logs.Logger, writer any) bool {
	if IsPlain(writer) {
		return true
	}
	Report(of, writer)
	return false
}

// Holds reports whether a value is of a type that match says yes to, or holds one
// in the fields that have a method, such as Handle of handlers. Others aren't
// read: the program may be writing them.
func Holds(value any, method string, match func(reflect.Type) bool) bool {
	left := 200
	return value != nil && holds(reflect.ValueOf(value), method, match, 8, &left)
}

func holds(v reflect.Value, method string, match func(reflect.Type) bool, depth int, left *int) bool {
	if *left--; depth == 0 || *left < 0 {
		return false
	}
	if match(v.Type()) {
		return true
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		return !v.IsNil() && holds(v.Elem(), method, match, depth-1, left)
	case reflect.Struct:
		for i := 0; i < v.NumField(); i++ {
			if has(v.Field(i).Type(), method) && holds(v.Field(i), method, match, depth-1, left) {
				return true
			}
		}
	case reflect.Slice:
		for i := 0; i < v.Len() && i < 16; i++ {
			if holds(v.Index(i), method, match, depth-1, left) {
				return true
			}
		}
	}
	return false
}

func has(t reflect.Type, method string) bool {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct {
		t = reflect.PointerTo(t)
	}
	_, is := t.MethodByName(method)
	return is
}

// IsPlain reports whether what is written to a writer counts as printed. Not so
// where more is done with it before it is: with a buffer, a pipe, or a writer of
// the program's whose name says that it masks.
func IsPlain(writer any) bool {
	return writer != nil && IsPlainValue(reflect.ValueOf(writer))
}

// IsPlainValue is IsPlain for a writer that may be in a field that isn't exported.
func IsPlainValue(writer reflect.Value) bool { return isPlain(writer, 8) }

func isPlain(v reflect.Value, depth int) bool {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return false
		}
		v = v.Elem()
	}
	path, name := v.Type().PkgPath(), v.Type().Name()
	switch {
	case path == "bytes" || path == "strings" || path == "io" && strings.HasPrefix(name, "Pipe") || masks(name):
		return false
	case depth == 0 || v.Kind() != reflect.Slice && path != "io" && path != "bufio" && path != "go.uber.org/zap" && !strings.HasPrefix(path, "go.uber.org/zap/"):
		return true
	case v.Kind() == reflect.Slice:
		for i := 0; i < v.Len(); i++ {
			if !isPlain(v.Index(i), depth-1) {
				return false
			}
		}
	case v.Kind() == reflect.Struct: // around writers
		for i := 0; i < v.NumField(); i++ {
			f := v.Field(i)
			if (f.Kind() == reflect.Interface && !f.IsNil() || f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Interface) &&
				has(f.Type(), "Write") && !isPlain(f, depth-1) {
				return false
			}
		}
	}
	return true
}

func masks(name string) bool {
	name = strings.ToLower(name)
	for _, word := range []string{"mask", "redact", "scrub", "sanit", "filter", "censor", "obfusc", "anonym", "secret", "pii"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
