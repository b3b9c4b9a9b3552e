// SPDX-License-Identifier: Apache-2.0

package main

import "strings"

// target is one package whose functions are hooked.
type target struct {
	path   string // import path
	module string // module@version to copy; "" for the standard library
	skip   string // tests that can't pass plain here, as go test's -skip
	// Tests that may fail where hooks take parameters, "Test" or "mode: Test", each with the reason. None may in mode
	// call.
	except map[string]string
}

func (t target) directoryName() string { return strings.ReplaceAll(t.path, "/", "_") }

type tier struct {
	targets []target
	modes   []string
}

const allocates = "counts allocations: what hooks take in interfaces or by pointer goes to the heap"

var quick = []target{
	{path: "strings", except: map[string]string{
		"TestBuilderAllocs": allocates, "TestBuilderGrow": allocates, "TestBuilderGrowSizeclasses": allocates,
		"TestReplace": allocates, "boxed: TestIndexRune": allocates,
	}},
	{path: "sort"},
	{path: "bufio", except: map[string]string{"TestReadStringAllocs": allocates}},
	{path: "encoding/json"},
	{path: "text/template"},
	{path: "go/types"},
}

var full = append(quick[:len(quick):len(quick)],
	target{path: "net/http"},
	target{path: "github.com/gin-gonic/gin", module: "github.com/gin-gonic/gin@v1.10.0"},
	// They want a directory that can't be written, which root can, and end the process.
	target{path: "github.com/spf13/cobra", module: "github.com/spf13/cobra@v1.8.1", skip: "TestFailGen.*CompletionFile"},
	target{path: "github.com/stretchr/testify/assert", module: "github.com/stretchr/testify@v1.9.0"},
)

var tiers = map[string]tier{
	"quick": {quick, []string{"mixed"}},
	"full":  {full, []string{"mixed", "call", "boxed", "pointer", "value"}},
}

// chosen are the targets of these paths; all if there are none.
func chosen(targets []target, paths []string) []target {
	if len(paths) == 0 {
		return targets
	}
	var some []target
	for _, path := range paths {
		found := target{path: path}
		for _, target := range full {
			if target.path == path {
				found = target
			}
		}
		some = append(some, found)
	}
	return some
}

// groups are targets that one build can weave: those of the standard library,
// and each module's.
func groups(targets []target) [][]target {
	var groups [][]target
	at := map[string]int{}
	for _, target := range targets {
		i, ok := at[target.module]
		if !ok {
			i = len(groups)
			at[target.module] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], target)
	}
	return groups
}
