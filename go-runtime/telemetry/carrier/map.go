// SPDX-License-Identifier: Apache-2.0

package carrier

import (
	"maps"
	"strings"

	"go.opentelemetry.io/otel/propagation"
)

// Map is headers in a map from a name to one value of whatever type: a string, or
// what AMQP's tables have. Text is the text of a value, "" if it has none. What is
// written goes to a new map, which Of has from then on: the program may share the
// one that it has. Names are compared without regard to case.
type Map[V any] struct {
	Of    map[string]V
	Text  func(value V) string
	Value func(text string) V

	own bool // Of is the new one
}

var _ propagation.TextMapCarrier = (*Map[string])(nil)

// Strings is a Map of strings.
func Strings(of map[string]string) *Map[string] {
	same := func(text string) string { return text }
	return &Map[string]{Of: of, Text: same, Value: same}
}

func (m *Map[V]) Get(key string) string {
	if value, ok := m.Of[key]; ok {
		return m.Text(value)
	}
	for name, value := range m.Of {
		if strings.EqualFold(name, key) {
			return m.Text(value)
		}
	}
	return ""
}

// Set replaces all headers of that name.
func (m *Map[V]) Set(key, value string) {
	if !m.own {
		of := make(map[string]V, len(m.Of)+3)
		maps.Copy(of, m.Of)
		m.Of, m.own = of, true
	}
	maps.DeleteFunc(m.Of, func(name string, _ V) bool { return strings.EqualFold(name, key) })
	m.Of[key] = m.Value(value)
}

func (m *Map[V]) Keys() []string {
	all := make([]string, 0, len(m.Of))
	for key := range m.Of {
		all = append(all, key)
	}
	return all
}

// AnyCase is received headers of which a name may be spelled in any way: to be read
// only.
type AnyCase map[string][]string

var _ propagation.TextMapCarrier = AnyCase(nil)

func (c AnyCase) Get(key string) string {
	values, ok := c[key]
	if !ok {
		for name, other := range c {
			if strings.EqualFold(name, key) {
				values = other
				break
			}
		}
	}
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

func (AnyCase) Set(string, string) {}

func (c AnyCase) Keys() []string { return keys(c) }
