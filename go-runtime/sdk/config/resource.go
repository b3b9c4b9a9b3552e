// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/internal/setting"
	"otel.runtime/sdk/config/yaml"
	"otel.runtime/sdk/detect"
)

func (r *reader) resource(n *yaml.Node) {
	r.mapping(n, fields{
		"attributes": func(n *yaml.Node) { r.items(n, r.attribute) },
		"attributes_list": func(n *yaml.Node) {
			if n.Kind == yaml.Scalar {
				r.put(n, "OTEL_RESOURCE_ATTRIBUTES", n.Text)
			}
		},
		"detection/development": func(n *yaml.Node) {
			r.mapping(n, fields{
				"attributes": func(n *yaml.Node) { r.file.Detected = r.selection(n) },
				"detectors": func(n *yaml.Node) {
					detectors := fields{}
					for _, name := range detect.Names() {
						detectors[name] = func(name string) func(*yaml.Node) {
							return func(n *yaml.Node) {
								r.mapping(n, fields{})
								r.file.Detectors = append(r.file.Detectors, name)
							}
						}(name)
					}
					r.items(n, func(item *yaml.Node) { r.mapping(item, detectors) })
				},
			})
		},
		"schema_url": func(n *yaml.Node) { r.problem(n, "schema_url isn't supported; it is ignored") },
	})
}

func (r *reader) attribute(n *yaml.Node) {
	var name, value, kind *yaml.Node
	r.mapping(n, fields{
		"name":  func(n *yaml.Node) { name = n },
		"value": func(n *yaml.Node) { value = n },
		"type":  func(n *yaml.Node) { kind = n },
	})
	if name == nil || name.Text == "" || value == nil || value.Kind == yaml.Null {
		r.problem(n, "an attribute needs a name and a value")
		return
	}
	as := "string"
	if kind != nil && kind.Text != "" {
		as = kind.Text
	}
	made, ok := attributeOf(attribute.Key(name.Text), as, value)
	if !ok {
		r.problem(value, "the value of %s isn't of type %s", setting.Quote(name.Text), setting.Quote(as))
		return
	}
	r.file.Resource = append(r.file.Resource, made)
}

func attributeOf(key attribute.Key, as string, n *yaml.Node) (attribute.KeyValue, bool) {
	one := func(f func(text string) attribute.KeyValue, err error) (attribute.KeyValue, bool) {
		if n.Kind != yaml.Scalar || err != nil {
			return attribute.KeyValue{}, false
		}
		return f(n.Text), true
	}
	switch as {
	case "string":
		return one(key.String, nil)
	case "bool":
		v, err := strconv.ParseBool(n.Text)
		return one(func(string) attribute.KeyValue { return key.Bool(v) }, err)
	case "int":
		v, err := strconv.ParseInt(n.Text, 10, 64)
		return one(func(string) attribute.KeyValue { return key.Int64(v) }, err)
	case "double":
		v, err := strconv.ParseFloat(n.Text, 64)
		return one(func(string) attribute.KeyValue { return key.Float64(v) }, err)
	case "string_array":
		all, ok := list(n, func(text string) (string, error) { return text, nil })
		return key.StringSlice(all), ok
	case "bool_array":
		all, ok := list(n, strconv.ParseBool)
		return key.BoolSlice(all), ok
	case "int_array":
		all, ok := list(n, func(text string) (int64, error) { return strconv.ParseInt(text, 10, 64) })
		return key.Int64Slice(all), ok
	case "double_array":
		all, ok := list(n, func(text string) (float64, error) { return strconv.ParseFloat(text, 64) })
		return key.Float64Slice(all), ok
	}
	return attribute.KeyValue{}, false
}

func list[T any](n *yaml.Node, parse func(string) (T, error)) (all []T, ok bool) {
	for _, item := range n.Items {
		v, err := parse(item.Text)
		if err != nil || item.Kind != yaml.Scalar {
			return nil, false
		}
		all = append(all, v)
	}
	return all, n.Kind == yaml.Sequence
}
