// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// printToolProcess compares a tool with the same tool behind otel.
func printToolProcess(otel, work string) {
	const rounds = 1000
	tool, err := exec.LookPath("true")
	check(err)
	commands := [][]string{{tool}, {otel, "toolexec", work, "overlay.json", "0", tool}}
	var fastest, total [2]time.Duration
	for round := range rounds {
		for i, words := range commands {
			command := exec.Command(words[0], words[1:]...)
			start := time.Now()
			check(command.Run())
			took := time.Since(start)
			total[i] += took
			if round == 0 || took < fastest[i] {
				fastest[i] = took
			}
		}
	}
	micros := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
	fmt.Printf("%-44s %10s %10s %10s\n", "tool process, passed through", "tool", "behind otel", "otel's part")
	row := func(name string, times [2]time.Duration) {
		fmt.Printf("%-44s %7.0f µs %8.0f µs %8.0f µs\n", name, micros(times[0]), micros(times[1]), micros(times[1]-times[0]))
	}
	row(fmt.Sprintf("shortest of %d", rounds), fastest)
	row("mean", [2]time.Duration{total[0] / rounds, total[1] / rounds})
	fmt.Printf("%-44s %10s %11s\n", "memory at most, by time(1)", memory(commands[0]), memory(commands[1]))
	if own, ok := instructions(work, commands[1]); ok {
		fmt.Printf("%-44s %10s %11s %10s\n", "instructions, by callgrind", "", "", own)
	}
	fmt.Println()
}

// memory is what a process has in memory at most. A child of ours would begin with what we have.
func memory(words []string) string {
	timer, err := exec.LookPath("/usr/bin/time")
	if err != nil {
		return "not known"
	}
	output, err := exec.Command(timer, append([]string{"-f", "%M kB"}, words...)...).CombinedOutput()
	check(err)
	return strings.TrimSpace(string(output))
}

var totals = regexp.MustCompile(`(?m)^totals: (\d+)$`)

// instructions are those of the process until it becomes another, if there is Valgrind to count them.
func instructions(work string, words []string) (number string, ok bool) {
	valgrind, err := exec.LookPath("valgrind")
	if err != nil {
		return "", false
	}
	file := filepath.Join(work, "callgrind")
	flags := []string{"--tool=callgrind", "--dump-before=execve", "--callgrind-out-file=" + file}
	if output, err := exec.Command(valgrind, append(flags, words...)...).CombinedOutput(); err != nil {
		log.Fatalf("%s: %v\n%s", valgrind, err, output)
	}
	text, err := os.ReadFile(file + ".1")
	check(err)
	found := totals.FindSubmatch(text)
	if found == nil {
		return "", false
	}
	return string(found[1]), true
}
