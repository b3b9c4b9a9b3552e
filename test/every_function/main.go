// SPDX-License-Identifier: Apache-2.0

// Command every_function weaves hooks into every function of real packages and
// runs these packages' own tests: a test that passes plain must pass woven.
//
// It works beneath otel's front-end: weave_every (lib/weave with a plan of its
// own) writes the woven files, and plain go compiles them, by -overlay in the
// standard library and in a copy of a module elsewhere.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	weaver := flag.String("weaver", "", "the program weave_every")
	keep := flag.Bool("keep", false, "leave the woven files, and say where they are")
	mode := flag.String("mode", "", "one of call, boxed, pointer, value, mixed; default: all of the tier")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: run [-keep] [-mode MODE] [quick|full] [PACKAGE…]")
	}
	flag.Parse()
	tier := tiers["quick"]
	wanted := flag.Args()
	if len(wanted) > 0 {
		if named, ok := tiers[wanted[0]]; ok {
			tier, wanted = named, wanted[1:]
		}
	}
	modes := tier.modes
	if *mode != "" {
		modes = []string{*mode}
	}
	work, err := os.MkdirTemp("", "every_function.")
	if err != nil {
		fatal(err)
	}
	if *keep {
		fmt.Println("woven files are in", work)
	} else {
		defer os.RemoveAll(work)
	}
	targets := chosen(tier.targets, wanted)
	failed := false
	for _, mode := range modes {
		for _, group := range groups(targets) {
			run := &run{weaver: *weaver, mode: mode, work: filepath.Join(work, mode, group[0].directoryName())}
			if err := run.all(group); err != nil {
				fmt.Println(err)
				failed = true
			}
		}
	}
	if failed {
		if !*keep {
			os.RemoveAll(work)
		}
		os.Exit(1)
	}
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "every_function:", err)
	os.Exit(1)
}
