// SPDX-License-Identifier: Apache-2.0

// Package detect finds out what the resource is: the host, the container, the
// pod, the cloud. It reads variables and small files, starts no process and
// asks nobody over a network; what can't be known so is ignored. Detectors of the
// program's own, by rules, may do more.
//
// https://opentelemetry.io/docs/specs/semconv/resource/
package detect

import (
	"context"
	"io"
	"os"
	"strings"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/internal/near"
)

// Variable chooses detectors, as OTEL_NODE_RESOURCE_DETECTORS does elsewhere.
const Variable = "OTEL_GO_RESOURCE_DETECTORS"

// detector finds attributes; later ones of the table go before earlier ones.
type detector struct {
	name   string
	detect func(system) []attribute.KeyValue
	optIn  bool

	// own is a function of the program's, which may take its time; then detect is nil.
	own func(context.Context) ([]attribute.KeyValue, error)
}

var table = []detector{
	{name: "host", detect: host},
	{name: "os", detect: operatingSystem},
	{name: "process", detect: process},
	{name: "service", detect: service},
	{name: "container", detect: container},
	{name: "kubernetes", detect: kubernetes},
	{name: "aws", detect: aws},
	{name: "gcp", detect: gcp},
	{name: "azure", detect: azure},
	{name: "command", detect: command, optIn: true},
}

// Names are those of all detectors.
func Names() (all []string) {
	for _, d := range table {
		all = append(all, d.name)
	}
	return all
}

// Default are the detectors where nothing is chosen.
func Default() (all []string) {
	for _, d := range table {
		if !d.optIn {
			all = append(all, d.name)
		}
	}
	return all
}

// Chosen reads a list of names: "default", "all", "none", names to add, and names to
// leave out with a hyphen. A list that only leaves out leaves out of the default.
// unknown takes each name that no detector has, with the nearest.
func Chosen(list string, unknown func(name, hint string)) []string {
	chosen := map[string]bool{}
	add := func(names []string) {
		for _, name := range names {
			chosen[name] = true
		}
	}
	var words []string
	adds := false
	for _, word := range strings.Split(list, ",") {
		if word = strings.ToLower(strings.TrimSpace(word)); word != "" {
			words = append(words, word)
			adds = adds || word[0] != '-'
		}
	}
	if !adds {
		add(Default())
	}
	for _, word := range words {
		name, leftOut := strings.CutPrefix(word, "-")
		switch {
		case word == "none":
		case word == "default":
			add(Default())
		case word == "all":
			add(Names())
		case !isName(name):
			unknown(word, near.Hint(name, append(Names(), "default", "all", "none")))
		default:
			chosen[name] = !leftOut
		}
	}
	var all []string
	for _, d := range table {
		if chosen[d.name] {
			all = append(all, d.name)
		}
	}
	return all
}

func isName(name string) bool {
	for _, d := range table {
		if d.name == name {
			return true
		}
	}
	return false
}

// Resource is what the detectors of these names find; of attributes with one key
// the last counts. report takes what goes wrong with detectors of the program's own.
func Resource(names []string, report func(string)) []attribute.KeyValue {
	return found(names, system{os.Getenv, once(readFile)}, report)
}

func found(names []string, on system, report func(string)) (all []attribute.KeyValue) {
	chosen := map[string]bool{}
	for _, name := range names {
		chosen[name] = true
	}
	own := askOwn(chosen)
	for _, d := range table {
		switch {
		case !chosen[d.name]:
		case d.own != nil:
			all = append(all, own.answer(d.name, report)...)
		default:
			all = append(all, d.detect(on)...)
		}
	}
	own.end()
	return all
}

// system is where detectors look.
type system struct {
	getenv func(string) string
	read   func(path string) string // "" if there is no such file
}

// largest is how much is read of a file.
const largest = 64 << 10

func readFile(path string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	text, _ := io.ReadAll(io.LimitReader(file, largest))
	return string(text)
}

// once reads each file once.
func once(read func(path string) string) func(path string) string {
	known := map[string]string{}
	return func(path string) string {
		text, ok := known[path]
		if !ok {
			text = read(path)
			known[path] = text
		}
		return text
	}
}

// first is the first of the variables that is set.
func (s system) first(names ...string) string {
	for _, name := range names {
		if value := strings.TrimSpace(s.getenv(name)); value != "" {
			return value
		}
	}
	return ""
}

// line is a file of one line.
func (s system) line(path string) string {
	text, _, _ := strings.Cut(s.read(path), "\n")
	return strings.TrimSpace(text)
}

// attributes collects those that have a value.
type attributes []attribute.KeyValue

func (a *attributes) text(key, value string) {
	if value != "" {
		*a = append(*a, attribute.String(key, value))
	}
}
