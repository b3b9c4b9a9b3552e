// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
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
	command.Dir = r.folder
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
	var wrong []string
	passed, excepted := 0, 0
	for name, outcome := range plain.outcome {
		if outcome == "pass" && name != "" && woven.outcome[name] == "pass" {
			passed++
		}
		if outcome != "pass" || name == "" || woven.outcome[name] == "pass" {
			continue
		}
		top, _, _ := strings.Cut(name, "/")
		if r.mode != "call" && t.except[top] != "" {
			excepted++
			continue
		}
		wrong = append(wrong, name)
	}
	hooked := woven.outcome["TestOtelEveryFunction"] == "pass" || r.mode == "value"
	fmt.Printf("%-8s %-40s %5d tests pass, %d differ as listed, %d s;%s\n", r.mode, t.path, passed, excepted,
		int(time.Since(start).Seconds()), counts(woven.printed["TestOtelEveryFunction"]))
	if len(wrong) == 0 && hooked && passed > 0 {
		return nil
	}
	slices.Sort(wrong)
	text := fmt.Sprintf("FAIL %s in mode %s: %d tests pass plain and not woven\n", t.path, r.mode, len(wrong))
	for _, name := range wrong {
		text += fmt.Sprintf("--- FAIL: %s (%s)\n%s", name, woven.outcome[name], tail(woven.printed[name]))
	}
	return fmt.Errorf("%s%s", text, tail(woven.printed[""]))
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
