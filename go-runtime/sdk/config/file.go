// SPDX-License-Identifier: Apache-2.0

// Package config reads OTEL_CONFIG_FILE, the declarative configuration of
// OpenTelemetry SDKs, file format 1.0. What the file says is translated into
// the environment variables that mean the same, so that there is one way to set
// things up; what has no such variable here is told with its place and left out.
//
// https://opentelemetry.io/docs/specs/otel/configuration/data-model/
package config

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"

	"otel.runtime/internal/environ"
	"otel.runtime/internal/near"
	"otel.runtime/internal/setting"
	"otel.runtime/sdk/config/yaml"
)

// File is what a configuration file says.
type File struct {
	Variables map[string]string    // by their names
	Resource  []attribute.KeyValue // attributes with their types
	Detectors []string             // of the resource, by their names
	Detected  Selection            // which of what they find is taken
	Sampler   *Sampler             // nil: the variables have it
	Views     []sdkmetric.View     // of recorded metrics
	ViewLimit *ViewLimits          // of these; nil if none has a limit
	Limits    map[string]Limits    // of the first reader, by its exporter
	More      []*Pipeline          // processors and readers beyond the first of a signal
	Problems  []string             // what is ignored, with its place
}

// Getenv is for os.Getenv's place: OTEL_* variables that the file could set come
// from nowhere else, but for OTEL_GO_* ones that it doesn't set.
func (f *File) Getenv(name string) string {
	if value, set := f.Variables[name]; set {
		return value
	}
	if !strings.HasPrefix(name, "OTEL_") || strings.HasPrefix(name, "OTEL_GO_") || strings.HasPrefix(name, "OTEL_INSTRUMENTATION_") || strings.HasPrefix(name, "OTEL_SEMCONV_") {
		return environ.Get(name)
	}
	return f.Variables[name]
}

// Read reads the file; getenv has what its ${…} refer to. Its error, one line,
// says why nothing of it can be used.
func Read(path string, getenv func(string) string) (*File, error) {
	text, err := environ.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parse(path, string(text), getenv)
}

func parse(path, text string, getenv func(string) string) (*File, error) {
	root, err := yaml.Parse(text)
	var place *yaml.Error
	if errors.As(err, &place) {
		return nil, fmt.Errorf("%s:%w", path, err)
	}
	r := &reader{path: path, getenv: getenv, file: &File{Variables: map[string]string{}}, set: map[string]*yaml.Node{}}
	if root.Kind != yaml.Mapping {
		return nil, fmt.Errorf("%s:%d:%d: this is no configuration: a mapping that begins with file_format", path, root.Line, root.Column)
	}
	format := root.Get("file_format")
	switch {
	case format == nil:
		return nil, fmt.Errorf("%s:1:1: there is no file_format; \"1.0\" is known", path)
	case format.Text != "1" && !strings.HasPrefix(format.Text, "1."):
		return nil, fmt.Errorf("%s:%d:%d: unknown file_format %s; \"1.0\" is known", path, format.Line, format.Column, setting.Quote(format.Text))
	}
	r.substitute(root)
	r.configuration(root)
	return r.file, nil
}

// reader translates nodes.
type reader struct {
	path   string
	getenv func(string) string
	file   *File
	set    map[string]*yaml.Node // where each variable was set
}

func (r *reader) problem(n *yaml.Node, format string, args ...any) {
	r.file.Problems = append(r.file.Problems, fmt.Sprintf("%s:%d:%d: ", r.path, n.Line, n.Column)+fmt.Sprintf(format, args...))
}

// put sets a variable. A second value is a problem.
func (r *reader) put(n *yaml.Node, name, value string) {
	if before, is := r.set[name]; is && r.file.Variables[name] != value {
		r.problem(n, "%s is said in line %d already; the first is used", setting.Quote(r.file.Variables[name]), before.Line)
		return
	}
	r.set[name] = n
	r.file.Variables[name] = value
}

// fields are what a mapping may have.
type fields map[string]func(n *yaml.Node)

// mapping calls the function of each key; others are problems. Null is an empty
// mapping.
func (r *reader) mapping(n *yaml.Node, of fields) {
	if n.Kind == yaml.Null {
		return
	}
	if n.Kind != yaml.Mapping {
		r.problem(n, "a mapping belongs here")
		return
	}
	for _, entry := range n.Entries {
		if f, known := of[entry.Key]; known {
			f(entry.Value)
		} else {
			r.problem(&yaml.Node{Line: entry.Line, Column: entry.Column}, "%s isn't supported; it is ignored%s", setting.Quote(entry.Key), near.Hint(entry.Key, near.Keys(of)))
		}
	}
}

// items calls f for each item of a sequence.
func (r *reader) items(n *yaml.Node, f func(*yaml.Node)) {
	switch n.Kind {
	case yaml.Null:
	case yaml.Sequence:
		for _, item := range n.Items {
			f(item)
		}
	default:
		r.problem(n, "a sequence belongs here")
	}
}

// text puts a scalar into a variable; null is as if it weren't there.
func (r *reader) text(name string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		switch n.Kind {
		case yaml.Null:
		case yaml.Scalar:
			r.put(n, name, n.Text)
		default:
			r.problem(n, "a single value belongs here")
		}
	}
}

// oneOf is text that is one of a few words, which are written exactly so.
func (r *reader) oneOf(name string, words ...string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind == yaml.Scalar && !anyIs(words, n.Text) {
			r.problem(n, "unknown value %s; known are %s; it is ignored%s", setting.Quote(n.Text), strings.Join(words, ", "), near.Hint(n.Text, words))
			return
		}
		r.text(name)(n)
	}
}

func anyIs(words []string, text string) bool {
	for _, word := range words {
		if word == text {
			return true
		}
	}
	return false
}

// number is text that is a whole number, and not below 0.
func (r *reader) number(name string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind == yaml.Scalar {
			if v, err := strconv.ParseInt(n.Text, 10, 64); err != nil || v < 0 {
				r.problem(n, "%s is not a non-negative integer; it is ignored", setting.Quote(n.Text))
				return
			}
		}
		r.text(name)(n)
	}
}

// truth is text that is true or false.
func (r *reader) truth(name string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind == yaml.Scalar && !strings.EqualFold(n.Text, "true") && !strings.EqualFold(n.Text, "false") {
			r.problem(n, "%s is neither true nor false; it is ignored", setting.Quote(n.Text))
			return
		}
		r.text(name)(n)
	}
}

// unlimited is number where 0 means that there is no limit, which the variable
// hasn't.
func (r *reader) unlimited(name string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind == yaml.Scalar && n.Text == "0" {
			r.put(n, name, "2147483647")
			return
		}
		r.number(name)(n)
	}
}

// only accepts a setting that can't be changed here, with its only value.
func (r *reader) only(value string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.Null && n.Text != value {
			r.problem(n, "%s isn't supported; %s is used", setting.Quote(n.Text), value)
		}
	}
}

// substitute replaces ${NAME}, ${env:NAME}, ${NAME:-default} and $$ in scalars.
func (r *reader) substitute(n *yaml.Node) {
	for _, entry := range n.Entries {
		r.substitute(entry.Value)
	}
	for _, item := range n.Items {
		r.substitute(item)
	}
	if n.Kind != yaml.Scalar || !strings.Contains(n.Text, "$") {
		return
	}
	n.Text = r.substituted(n)
	if !n.Quoted && (n.Text == "" || n.Text == "~" || n.Text == "null") {
		n.Kind, n.Text = yaml.Null, ""
	}
}

func (r *reader) substituted(n *yaml.Node) string {
	var out strings.Builder
	for rest := n.Text; ; {
		at := strings.IndexByte(rest, '$')
		if at < 0 {
			return out.String() + rest
		}
		out.WriteString(rest[:at])
		rest = rest[at+1:]
		end := strings.IndexByte(rest, '}')
		switch {
		case strings.HasPrefix(rest, "$"):
			out.WriteByte('$')
			rest = rest[1:]
		case !strings.HasPrefix(rest, "{") || end < 0:
			out.WriteByte('$')
		default:
			name, otherwise, _ := strings.Cut(strings.TrimPrefix(rest[1:end], "env:"), ":-")
			if !isName(name) {
				r.problem(n, "%s names no environment variable", setting.Quote("$"+rest[:end+1]))
			}
			if value := r.getenv(name); value != "" {
				out.WriteString(value)
			} else {
				out.WriteString(otherwise)
			}
			rest = rest[end+1:]
		}
	}
}

func isName(name string) bool {
	for i, c := range name {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}
