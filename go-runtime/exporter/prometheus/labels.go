// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"reflect"
	"sort"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/instrumentation"
)

// label has a name that is valid.
type label struct{ name, value string }

// labelsOf are the attributes, in the order of their names. Keys that become the
// same name have their values joined by ";"; a label without a value is, to
// Prometheus, none.
func labelsOf(set attribute.Set) (all []label) {
	for i := set.Iter(); i.Next(); {
		kv := i.Attribute()
		name, value := labelName(string(kv.Key)), strings.ToValidUTF8(kv.Value.Emit(), "\uFFFD")
		known := false
		for j := range all {
			if all[j].name == name {
				all[j].value, known = all[j].value+";"+value, true
			}
		}
		if !known && value != "" {
			all = append(all, label{name, value})
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].name < all[j].name })
	return all
}

// scopeLabels tell metrics of one name from different scopes apart.
func scopeLabels(s instrumentation.Scope) []label {
	all := []label{{"otel_scope_name", s.Name}, {"otel_scope_schema_url", s.SchemaURL}, {"otel_scope_version", s.Version}}
	for _, of := range labelsOf(scopeAttributes(s)) {
		if of.name != "name" && of.name != "schema_url" && of.name != "version" {
			all = append(all, label{"otel_scope_" + of.name, of.value})
		}
	}
	known := all[:0]
	for _, of := range all {
		if of.value = strings.ToValidUTF8(of.value, "\uFFFD"); of.value != "" {
			known = append(known, of)
		}
	}
	sort.Slice(known, func(i, j int) bool { return known[i].name < known[j].name })
	return known
}

// scopeAttributes came after the oldest SDK that this package compiles with.
func scopeAttributes(s instrumentation.Scope) attribute.Set {
	if field := reflect.ValueOf(s).FieldByName("Attributes"); field.IsValid() {
		if set, is := field.Interface().(attribute.Set); is {
			return set
		}
	}
	return attribute.Set{}
}

// joined is scope's labels among a data point's: its own, if named alike, give
// way. Both are in order, and so is the result. The label reserved is one that the
// kind of metric has for itself.
func joined(scope, own []label, reserved string) []label {
	all := append(make([]label, 0, len(scope)+len(own)), scope...)
	for _, l := range own {
		taken := false
		for _, s := range scope {
			taken = taken || s.name == l.name
		}
		if l.name == reserved {
			l.name = "exported_" + l.name
		}
		if !taken {
			all = append(all, l)
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].name < all[j].name })
	return all
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// appendLabels writes a="b",c="d".
func appendLabels(b []byte, all []label) []byte {
	for i, l := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, l.name...), '=', '"')
		b = append(append(b, escapes.Replace(l.value)...), '"')
	}
	return b
}
