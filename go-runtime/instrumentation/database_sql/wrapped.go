// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"database/sql/driver"
	"reflect"
	"strings"
)

// chain is a driver or connector with what it wraps.
type chain struct {
	driver       aDriver
	known        bool
	instrumented bool            // by another OpenTelemetry instrumentation
	connectors   []reflect.Value // structs, the outermost first
}

const deepest = 8

var (
	driverType    = reflect.TypeOf((*driver.Driver)(nil)).Elem()
	connectorType = reflect.TypeOf((*driver.Connector)(nil)).Elem()
)

// look follows a value to the drivers and connectors that its fields have. Fields
// are read, and nothing of the program's is called.
func (c *chain) look(value any) {
	defer func() { _ = recover() }() // what the program changes meanwhile
	if value != nil {
		c.walk(reflect.ValueOf(value), 0)
	}
}

func (c *chain) walk(v reflect.Value, depth int) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	path := v.Type().PkgPath()
	c.instrumented = c.instrumented || isInstrumentation(path)
	if found, ok := driverIn(path); ok && !c.known {
		c.driver, c.known = found, true
	}
	if v.Kind() != reflect.Struct || depth == deepest {
		return
	}
	c.connectors = append(c.connectors, v)
	for i := 0; i < v.NumField() && i < 64; i++ {
		if f := v.Field(i); isDriver(f) {
			c.walk(f, depth+1)
		}
	}
}

// isDriver reports whether a field has a driver or a connector.
func isDriver(f reflect.Value) bool {
	if f.Kind() == reflect.Interface {
		if f.IsNil() {
			return false
		}
		f = f.Elem()
	}
	t := f.Type()
	switch t.Kind() {
	case reflect.Pointer, reflect.Struct:
	default:
		return false
	}
	if t.Implements(driverType) || t.Implements(connectorType) {
		return true
	}
	return t.Kind() == reflect.Struct && (reflect.PointerTo(t).Implements(driverType) || reflect.PointerTo(t).Implements(connectorType))
}

// isInstrumentation knows the packages that wrap drivers to trace them.
func isInstrumentation(path string) bool {
	for _, known := range []string{
		"github.com/XSAM/otelsql",
		"github.com/uptrace/opentelemetry-go-extra/otelsql",
		"github.com/uptrace/opentelemetry-go-extra/otelsqlx",
		"github.com/nhatthm/otelsql",
		"go.nhat.io/otelsql",
	} {
		if path == known || strings.HasPrefix(path, known+"/") {
			return true
		}
	}
	return false
}
