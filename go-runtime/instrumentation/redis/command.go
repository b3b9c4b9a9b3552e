// SPDX-License-Identifier: Apache-2.0

package redis

import (
	"reflect"

	"otel.runtime/conventions/db/redistext"
)

// command is what is needed of go-redis's Cmder.
type command interface {
	Name() string
	Args() []any
	Err() error
}

func nameOf(c command) string { return redistext.Name(c.Name()) }

func textOf(c command) string {
	args := c.Args()
	if len(args) > 0 {
		args = args[1:]
	}
	return redistext.Text(c.Name(), args)
}

// commandsOf are the commands of a pipeline, without the MULTI and EXEC that go
// around them in a transaction.
func commandsOf(cmds any) (all []command, inTransaction bool) {
	v := reflect.ValueOf(cmds)
	if v.Kind() != reflect.Slice {
		return nil, false
	}
	for i := 0; i < v.Len(); i++ {
		if c, ok := v.Index(i).Interface().(command); ok {
			all = append(all, c)
		}
	}
	if n := len(all); n >= 2 && all[0].Name() == "multi" && all[n-1].Name() == "exec" {
		return all[1 : n-1], true
	}
	return all, false
}

// commonName is the name that all commands have, or nothing.
func commonName(all []command) string {
	name := ""
	for i, c := range all {
		if i > 0 && nameOf(c) != name {
			return ""
		}
		name = nameOf(c)
	}
	return name
}

func textOfAll(all []command) (text string) {
	for _, c := range all {
		text = redistext.Joined(text, func() string { return textOf(c) })
	}
	return text
}
