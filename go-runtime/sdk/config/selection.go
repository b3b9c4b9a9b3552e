// SPDX-License-Identifier: Apache-2.0

package config

import "otel.runtime/sdk/config/yaml"

// Selection says which names are taken: those that one of Included matches, if
// there are any, and none of Excluded.
type Selection struct{ Included, Excluded []string }

// Has reports whether a name is taken. In patterns * is any text and ? any
// character.
func (s Selection) Has(name string) bool {
	return (len(s.Included) == 0 || anyMatches(s.Included, name)) && !anyMatches(s.Excluded, name)
}

func anyMatches(patterns []string, name string) bool {
	for _, pattern := range patterns {
		if matches(pattern, name) {
			return true
		}
	}
	return false
}

func matches(pattern, name string) bool {
	for ; pattern != ""; pattern, name = pattern[1:], name[1:] {
		if pattern[0] == '*' {
			for at := 0; at <= len(name); at++ {
				if matches(pattern[1:], name[at:]) {
					return true
				}
			}
			return false
		}
		if name == "" || pattern[0] != '?' && pattern[0] != name[0] {
			return false
		}
	}
	return name == ""
}

func (r *reader) selection(n *yaml.Node) (s Selection) {
	texts := func(to *[]string) func(*yaml.Node) {
		return func(n *yaml.Node) {
			r.items(n, func(item *yaml.Node) { *to = append(*to, item.Text) })
		}
	}
	r.mapping(n, fields{"included": texts(&s.Included), "excluded": texts(&s.Excluded)})
	return s
}
