// SPDX-License-Identifier: Apache-2.0

package printed

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"sync"

	"otel.runtime/internal/trouble"
)

// Unredacted reports whether OTEL_GO_LOGS_UNREDACTED lists a library: then a
// record of which it isn't known what the program prints is exported as it was
// made.
func Unredacted(library string) bool {
	for _, word := range strings.Split(os.Getenv("OTEL_GO_LOGS_UNREDACTED"), ",") {
		if strings.TrimSpace(word) == library {
			return true
		}
	}
	return false
}

var told sync.Map // what Tell has told of

// Tell says, once for each of them, that nothing of what goes through something of
// the program's is exported.
func Tell(library string, through any) {
	what := fmt.Sprintf("%T", through)
	if _, is := told.LoadOrStore(library+what, true); !is {
		trouble.Tell(fmt.Sprintf("%s: what %s prints isn't known, so no record that goes there is exported; OTEL_GO_LOGS_UNREDACTED=%s exports them as they are made",
			library, what, library))
	}
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

// IsPlain reports whether a writer leaves lines as they are: a file, or what is
// around one in the standard library, zap, or a package that rotates files. A
// writer of the program's own may mask, and a buffer may be printed later.
func IsPlain(writer any) bool {
	if writer == nil {
		return false
	}
	return isPlain(reflect.ValueOf(writer), 8)
}

var writerType = reflect.TypeOf((*interface{ Write([]byte) (int, error) })(nil)).Elem()

func isPlain(v reflect.Value, depth int) bool {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return false
		}
		v = v.Elem()
	}
	path, name := v.Type().PkgPath(), v.Type().Name()
	switch {
	case depth == 0:
		return false
	case path == "os" && name == "File", strings.HasSuffix(path, "lumberjack.v2"), strings.HasSuffix(path, "lumberjack"), strings.HasSuffix(path, "rotatelogs"),
		path == "net", path == "log/syslog":
		return true
	case v.Kind() != reflect.Struct || path != "io" && path != "bufio" && path != "go.uber.org/zap" && !strings.HasPrefix(path, "go.uber.org/zap/"):
		if v.Kind() == reflect.Slice && strings.HasPrefix(path, "go.uber.org/zap") {
			for i := 0; i < v.Len(); i++ {
				if !isPlain(v.Index(i), depth-1) {
					return false
				}
			}
			return v.Len() > 0
		}
		return false
	}
	found := false
	for i := 0; i < v.NumField(); i++ {
		f := v.Field(i)
		switch {
		case f.Kind() == reflect.Slice && f.Type().Elem().Implements(writerType):
			for n := 0; n < f.Len(); n++ {
				if !isPlain(f.Index(n), depth-1) {
					return false
				}
				found = true
			}
		case f.Kind() == reflect.Interface && f.Type().Implements(writerType):
			if !isPlain(f, depth-1) {
				return false
			}
			found = true
		}
	}
	return found
}
