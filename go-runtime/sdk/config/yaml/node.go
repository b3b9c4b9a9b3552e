// SPDX-License-Identifier: Apache-2.0

// Package yaml reads the part of YAML 1.2 in which configuration files are
// written: mappings and sequences, in blocks and in flow, plain and quoted
// scalars, literal and folded blocks, comments. JSON is part of it. Anchors,
// aliases, tags and several documents aren't, and are refused with their place.
//
// It is small because it is linked into programs that know nothing of YAML.
package yaml

import "fmt"

// Kind is what a node is.
type Kind int

const (
	Null Kind = iota
	Scalar
	Mapping
	Sequence
)

// Node is a value with its place, both counted from 1.
type Node struct {
	Kind         Kind
	Line, Column int
	Text         string // of a scalar
	Quoted       bool   // the scalar is a text whatever it looks like
	Entries      []Entry
	Items        []*Node
}

// Entry is a key of a mapping with its value.
type Entry struct {
	Key          string
	Line, Column int
	Value        *Node
}

// Get is the value of a key, or nil.
func (n *Node) Get(key string) *Node {
	for _, entry := range n.Entries {
		if entry.Key == key {
			return entry.Value
		}
	}
	return nil
}

// Error is what can't be read, and where.
type Error struct {
	Line, Column int
	Message      string
}

func (e *Error) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message) }
