// SPDX-License-Identifier: Apache-2.0

package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"

	"otel.runtime/internal/variables"
)

// key is one of the schema: testdata/keys-1.0.txt has all of version 1.0, with their
// types, and those of a definition within itself once.
type key struct {
	path  string // a.b[].c
	kind  string
	words []string // of an enum
}

func keys(t *testing.T) (all []key) {
	text, err := os.ReadFile(filepath.Join("testdata", "keys-1.0.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		path, kind, _ := strings.Cut(line, "\t")
		k := key{path: path, kind: kind}
		if words, is := strings.CutPrefix(kind, "enum "); is {
			k.kind, k.words = "enum", strings.Fields(words)
		}
		all = append(all, k)
	}
	return all
}

// probes are values of a key, as JSON.
func (k key) probes() []string {
	last := k.path[strings.LastIndexByte(k.path, '.')+1:]
	switch {
	case last == "root" || last == "initial_sampler" || strings.HasSuffix(last, "_parent_sampled") || strings.HasSuffix(last, "_parent_not_sampled"):
		return []string{`{"always_on":null}`, `{"always_off":null}`}
	case strings.HasSuffix(k.path, "views[].selector"):
		return []string{selected}
	case last == "file_format":
		return []string{`"1.0"`}
	case k.path == "distribution":
		return []string{`{"otel": {"profiles": {"exporters": [{"file": null}]}}}`}
	case last == "compression":
		return []string{`"gzip"`, `"none"`}
	case strings.HasSuffix(k.path, "composite_list"):
		return []string{`"b3"`}
	}
	switch k.kind {
	case "integer":
		return []string{"7"}
	case "number":
		return []string{"0.5"}
	case "boolean":
		return []string{"true", "false"}
	case "enum":
		var all []string
		for _, word := range k.words {
			all = append(all, fmt.Sprintf("%q", word))
		}
		return all
	case "object":
		return []string{"null"}
	case "array":
		return []string{"[]"}
	}
	if k.kind == "array of number" {
		return []string{"[1, 2.5]"}
	}
	if strings.HasPrefix(k.kind, "array") {
		return []string{`["x"]`}
	}
	return []string{`"x"`}
}

// selected is a selector, which each view has.
const selected = `{"unit":"By"}`

// siblings are what has to be beside a key for it to mean anything.
func siblings(path string) map[string]string {
	of, last := path[:strings.LastIndexByte(path, '.')+1], path[strings.LastIndexByte(path, '.')+1:]
	all := map[string]string{}
	if strings.HasSuffix(of, "attributes[].") || strings.HasSuffix(of, "headers[].") {
		all["name"], all["value"] = `"n"`, `"v"`
		delete(all, last)
	}
	return all
}

// ofType are values of attributes by their types.
var ofType = map[string]string{"string": `"v"`, "bool": "true", "int": "1", "double": "1.5",
	"string_array": `["v"]`, "bool_array": "[true]", "int_array": "[1]", "double_array": "[1.5]"}

// document is a file that has value at path; with "" what is around it alone.
func document(path, value string, beside map[string]string) string {
	if path == "file_format" {
		return `{"file_format": "1.0"}`
	}
	segments := strings.Split(path, ".")
	var inner string
	for i := len(segments) - 1; i >= 0; i-- {
		name, list := strings.CutSuffix(segments[i], "[]")
		last := i == len(segments)-1
		if list {
			inner = "[" + inner + "]"
		}
		var entries []string
		if last {
			for _, k := range sortedKeys(beside) {
				entries = append(entries, fmt.Sprintf("%q: %s", k, beside[k]))
			}
			inner = value
		}
		if i > 0 && segments[i-1] == "views[]" && name != "selector" {
			entries = append(entries, `"selector": `+selected)
		}
		if !last || value != "" {
			entries = append(entries, fmt.Sprintf("%q: %s", name, inner))
		}
		inner = "{" + strings.Join(entries, ", ") + "}"
	}
	if strings.HasPrefix(inner, "{}") {
		return `{"file_format": "1.0"}`
	}
	return `{"file_format": "1.0", ` + strings.TrimPrefix(inner, "{")
}

func sortedKeys(of map[string]string) []string {
	var all []string
	for k := range of {
		all = append(all, k)
	}
	sort.Strings(all)
	return all
}

func probed(t *testing.T, text string) *File {
	t.Helper()
	if !json.Valid([]byte(text)) {
		t.Fatalf("no JSON: %s", text)
	}
	f, err := parse("f", text, func(string) string { return "" })
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return f
}

// state is "supported", "warned about", or which values are supported. It is "" if nothing
// comes of a key.
func (k key) state(t *testing.T) string {
	beside := siblings(k.path)
	without := probed(t, document(k.path, "", beside))
	var taken, refused []string
	changed := false
	for _, value := range k.probes() {
		if k.path == "resource.attributes[].type" {
			beside["value"] = ofType[strings.Trim(value, `"`)]
		}
		with := probed(t, document(k.path, value, beside))
		if len(with.Problems) > len(without.Problems) || len(with.Problems) > 0 && len(with.Problems) == len(without.Problems) && k.path != "resource.attributes[].name" && k.path != "resource.attributes[].value" {
			refused = append(refused, value)
			continue
		}
		taken = append(taken, strings.Trim(value, `"`))
		w, v := *without, *with
		w.Problems, v.Problems = nil, nil
		changed = changed || !reflect.DeepEqual(w, v) || len(without.Problems) > len(with.Problems)
	}
	switch {
	case len(taken) == 0:
		return warned
	case len(refused) > 0:
		return "only `" + strings.Join(taken, "`, `") + "`"
	case changed || k.path == "file_format":
		return "supported"
	}
	return ""
}

const warned = "warned about"

const page = "../../../docs/configuration.md"

// Each key is read, or told: nothing is silently left out. docs/configuration.md has what
// this test finds, and OTEL_UPDATE_GOLDEN=1 writes it.
func TestEachKeyOfTheSchemaIsSupportedOrTold(t *testing.T) {
	all := keys(t)
	var rows strings.Builder
	told := ""
	parents := map[string]bool{}
	for _, k := range all {
		for at := range k.path {
			if k.path[at] == '.' {
				parents[strings.TrimSuffix(k.path[:at], "[]")] = true
			}
		}
	}
	for _, k := range all {
		if told != "" && (strings.HasPrefix(k.path, told+".") || strings.HasPrefix(k.path, told+"[]")) {
			continue
		}
		state := k.state(t)
		if state == "" && parents[k.path] {
			state = "supported"
		}
		switch state {
		case "":
			t.Errorf("%s is neither read nor told: %s", k.path, document(k.path, k.probes()[0], siblings(k.path)))
		case warned:
			told = k.path
		}
		if state != "supported" || !parents[k.path] {
			fmt.Fprintf(&rows, "| `%s` | %s |\n", k.path, state)
		}
	}
	if len(all) < 350 {
		t.Errorf("only %d keys", len(all))
	}
	want := head + variableRows() + middle + rows.String()
	if os.Getenv("OTEL_UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(page, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(page); err != nil || string(got) != want {
		t.Errorf("%s isn't what OTEL_UPDATE_GOLDEN=1 go test ./config writes: %v", page, err)
	}
}

const (
	head = `# Variables and keys of the specification

This page is written by a test (` + "`OTEL_UPDATE_GOLDEN=1 go test ./sdk/config`" + ` in go-runtime), which tries each variable and key. What
is warned about has no effect: one line on stderr says so, with the line and column of a key. [The support module's page](../go-runtime/README.md)
says what each is for.

## Variables

Of the specification and the semantic conventions, and those of this project.

| variable | state |
| --- | --- |
`
	middle = `
## Keys of the declarative configuration 1.0

A warning counts for all that is beneath a key.

| key | state |
| --- | --- |
`
)

func variableRows() string {
	var rows []string
	for _, name := range variables.Supported() {
		rows = append(rows, fmt.Sprintf("| `%s` | supported |\n", name))
	}
	for name, why := range variables.Unsupported {
		rows = append(rows, fmt.Sprintf("| `%s` | warned about: %s |\n", name, why))
	}
	sort.Strings(rows)
	return strings.Join(rows, "")
}

// What a file sets is a variable that is read.
func TestFilesSetVariablesThatAreRead(t *testing.T) {
	for _, k := range keys(t) {
		for _, value := range k.probes() {
			for name := range probed(t, document(k.path, value, siblings(k.path))).Variables {
				known := false
				for _, supported := range variables.Supported() {
					known = known || name == supported
				}
				if !known {
					t.Errorf("%s sets %s, which nobody reads", k.path, name)
				}
			}
		}
	}
}
