// SPDX-License-Identifier: Apache-2.0

package record

import (
	"context"
	"reflect"
	"runtime/pprof"
	"sync"
	"unsafe"

	"otel.runtime/profile"
)

// labelSet is what a goroutine's labels point to, in the releases of Go where
// knownLabels.
type labelSet struct{ list []struct{ key, value string } }

// knownLabels compares labelSet with what package runtime/pprof puts into a context.
var knownLabels = sync.OnceValue(func() bool {
	ctx := reflect.ValueOf(pprof.WithLabels(context.Background(), pprof.Labels("a", "b")))
	if ctx.Kind() != reflect.Pointer || ctx.Elem().Kind() != reflect.Struct {
		return false
	}
	value := ctx.Elem().FieldByName("val")
	if value.Kind() != reflect.Interface || value.Elem().Kind() != reflect.Pointer {
		return false
	}
	return sameLayout(value.Elem().Type().Elem(), reflect.TypeOf(labelSet{}))
})

// sameLayout reports whether structs of structs, slices and strings are laid out
// alike, whatever their fields' names.
func sameLayout(a, b reflect.Type) bool {
	if a.Kind() == reflect.Struct && a.NumField() == 1 && a.Field(0).Type.Kind() == reflect.Struct {
		return sameLayout(a.Field(0).Type, b) // an embedded one
	}
	if a.Kind() != b.Kind() || a.Size() != b.Size() {
		return false
	}
	switch a.Kind() {
	case reflect.String:
		return true
	case reflect.Slice:
		return sameLayout(a.Elem(), b.Elem())
	case reflect.Struct:
		if a.NumField() != b.NumField() {
			return false
		}
		for i := 0; i < a.NumField(); i++ {
			if a.Field(i).Offset != b.Field(i).Offset || !sameLayout(a.Field(i).Type, b.Field(i).Type) {
				return false
			}
		}
		return true
	}
	return false
}

// labelsAt are the labels that a sample's tag points to.
func labelsAt(tag unsafe.Pointer) (all []profile.Label) {
	if tag == nil || !knownLabels() {
		return nil
	}
	for _, label := range (*labelSet)(tag).list {
		all = append(all, profile.Label{Key: label.key, Value: label.value})
	}
	return all
}
