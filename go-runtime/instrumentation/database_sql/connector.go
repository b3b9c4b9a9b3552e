// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"reflect"
	"strconv"

	"otel.runtime/conventions/db"
)

// readConnector takes host, port and database from a driver's connector, which
// sql.OpenDB was given: from fields with the names that drivers use for them, in
// the connector or in the configuration that it holds. Only those are read.
func readConnector(target *db.Target, v reflect.Value) {
	places := []reflect.Value{v}
	for _, name := range []string{"cfg", "config", "Config", "params", "opts", "opt", "ConnConfig"} {
		if f := v.FieldByName(name); f.IsValid() {
			if f.Kind() == reflect.Map {
				readMap(target, f)
				continue
			}
			if f = structOf(f); f.IsValid() {
				places = append(places, f)
			}
		}
	}
	for _, place := range places {
		readFields(target, place)
		if target.Address != "" || target.Namespace != "" {
			return
		}
	}
}

func readFields(target *db.Target, v reflect.Value) {
	for _, name := range []string{"Database", "DBName", "DB", "Dbname"} {
		if text := textOf(v, name); text != "" {
			target.Namespace = text
			break
		}
	}
	if text := textOf(v, "Addr"); text != "" {
		target.SetServer(text)
		return
	}
	for _, name := range []string{"Host", "Server"} {
		if text := textOf(v, name); text != "" {
			setServer(target, firstOnly(text), textOf(v, "Port"))
			return
		}
	}
}

// readMap takes the keys of libpq from a map of strings.
func readMap(target *db.Target, v reflect.Value) {
	if v.Type().Key().Kind() != reflect.String || v.Type().Elem().Kind() != reflect.String {
		return
	}
	pairs := map[string]string{}
	for _, key := range []string{"host", "hostaddr", "port", "dbname"} {
		if value := v.MapIndex(reflect.ValueOf(key).Convert(v.Type().Key())); value.IsValid() {
			pairs[key] = value.String()
		}
	}
	readPairs(target, pairs)
}

func structOf(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	return v
}

// textOf is a field as text, if it is one or a number.
func textOf(v reflect.Value, name string) string {
	field, ok := v.Type().FieldByName(name)
	if !ok {
		return ""
	}
	f, err := v.FieldByIndexErr(field.Index)
	if err != nil {
		return "" // a nil pointer on the way
	}
	switch {
	case f.Kind() == reflect.String:
		return f.String()
	case f.CanUint() && f.Uint() != 0:
		return strconv.FormatUint(f.Uint(), 10)
	case f.CanInt() && f.Int() != 0:
		return strconv.FormatInt(f.Int(), 10)
	}
	return ""
}
