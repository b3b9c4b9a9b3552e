// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// results are the outcomes of tests by name ("pass", "fail", "skip"), and what
// go and the tests printed.
type results struct {
	outcome map[string]string
	printed map[string]string // "" for what belongs to no test
}

// Names of subtests may hold addresses and times, which differ from run to run.
var changing = regexp.MustCompile(`0x[0-9a-f]+|time\.Date\([^)]*\)`)

func (r *run) test(t target, args ...string) (results, error) {
	args = append([]string{"test", "-json", "-short", "-vet=off", "-timeout=20m"}, args...)
	if t.skip != "" {
		args = append(args, "-skip="+t.skip)
	}
	args = append(args, t.path)
	command := exec.Command("go", args...)
	command.Dir = r.directory
	command.Stderr = os.Stderr
	out, _ := command.Output() // a failure is in the events
	res := results{map[string]string{}, map[string]string{}}
	for line := range bytes.Lines(out) {
		var event struct{ Action, Test, Output string }
		if json.Unmarshal(line, &event) != nil {
			return res, fmt.Errorf("go %s: %s", strings.Join(args, " "), out)
		}
		event.Test = changing.ReplaceAllString(event.Test, "…")
		switch event.Action {
		case "pass", "fail", "skip":
			res.outcome[event.Test] = event.Action
		case "output", "build-output":
			res.printed[event.Test] += event.Output
		}
	}
	return res, nil
}

// compare runs the tests of a target plain and woven.
func (r *run) compare(t target, overlay string) error {
	start := time.Now()
	plain, err := r.test(t)
	if err != nil {
		return err
	}
	woven, err := r.test(t, "-overlay="+overlay)
	if err != nil {
		return err
	}
	wrong, passed, excepted := r.differing(t, plain, woven)
	// Tests that measure time fail on a busy machine now and then; what weaving breaks fails each time.
	for range 2 {
		if len(wrong) == 0 || len(wrong) > 5 {
			break
		}
		again, err := r.test(t, "-overlay="+overlay, "-count=1", "-run=^("+strings.Join(topLevel(wrong), "|")+")$")
		if err != nil {
			return err
		}
		maps.Copy(woven.outcome, again.outcome)
		maps.Copy(woven.printed, again.printed)
		fmt.Printf("%-8s %-40s repeated: %s\n", r.mode, t.path, strings.Join(wrong, ", "))
		wrong, passed, excepted = r.differing(t, plain, woven)
	}
	hooked := woven.outcome["TestOtelEveryFunction"] == "pass" || r.mode == "value"
	fmt.Printf("%-8s %-40s %5d tests pass, %d differ as listed, %d s;%s\n", r.mode, t.path, passed, excepted,
		int(time.Since(start).Seconds()), counts(woven.printed["TestOtelEveryFunction"]))
	if len(wrong) == 0 && hooked && passed > 0 {
		return nil
	}
	text := fmt.Sprintf("FAIL %s in mode %s: %d tests pass plain and not woven\n", t.path, r.mode, len(wrong))
	for _, name := range wrong {
		text += fmt.Sprintf("--- FAIL: %s (%s)\n%s", name, woven.outcome[name], tail(woven.printed[name]))
	}
	return fmt.Errorf("%s%s", text, tail(woven.printed[""]))
}

// differing are the tests that pass plain and not woven, and how many pass in both or differ as listed.
func (r *run) differing(t target, plain, woven results) (wrong []string, passed, excepted int) {
	for name, outcome := range plain.outcome {
		if outcome != "pass" || name == "" {
			continue
		}
		top, _, _ := strings.Cut(name, "/")
		switch {
		case woven.outcome[name] == "pass":
			passed++
		case r.mode != "call" && (t.except[top] != "" || t.except[r.mode+": "+top] != ""):
			excepted++
		default:
			wrong = append(wrong, name)
		}
	}
	slices.Sort(wrong)
	return wrong, passed, excepted
}

// topLevel are the names of the test functions that the tests are part of.
func topLevel(tests []string) []string {
	var names []string
	for _, test := range tests {
		name, _, _ := strings.Cut(test, "/")
		names = append(names, regexp.QuoteMeta(name))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// counts is the line of TestOtelEveryFunction that says how many hooks ran.
func counts(printed string) string {
	for line := range strings.Lines(printed) {
		if _, said, ok := strings.Cut(line, "go:"); ok {
			_, said, _ = strings.Cut(said, ":")
			return strings.TrimSuffix(said, "\n")
		}
	}
	return ""
}

func tail(text string) string {
	const limit = 4000
	if len(text) > limit {
		return "…" + text[len(text)-limit:]
	}
	return text
}
