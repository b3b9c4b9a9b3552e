// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// load is what the processes of one build took together.
type load struct {
	largest   int64 // bytes in memory of the largest process, at its most (getrusage's maximum)
	together  int64 // bytes in memory of all processes at the moment when that was most; 0 if not known
	processes int   // that were started; 0 if not known
}

// printLoads compares memory and processes of plain and woven builds.
func (b *bench) printLoads() {
	plain := b.builder("plain", "go")
	woven := b.builder("woven", b.otel, "go")
	for _, kind := range []struct {
		name    string
		prepare func(builder)
	}{
		{"cold", func(with builder) { check(os.RemoveAll(with.cache)) }},
		{"no-op", func(builder) {}},
		{"edit", func(builder) { b.edit() }},
	} {
		var loads [2]load
		for i, with := range []builder{plain, woven} {
			kind.prepare(with)
			loads[i] = b.measureMemory(with)
			kind.prepare(with)
			loads[i].processes = b.countProcesses(with)
		}
		printLoad(kind.name, loads)
	}
	fmt.Println()
}

func printLoad(name string, loads [2]load) {
	if name == "cold" {
		fmt.Printf("%-44s %10s %10s %7s\n", "memory and processes of a build", "plain", "woven", "ratio")
	}
	row := func(what, format string, plain, woven float64) {
		if plain == 0 || woven == 0 {
			fmt.Printf("%-44s %10s %10s\n", name+": "+what, "not known", "not known")
			return
		}
		fmt.Printf("%-44s "+format+" "+format+" %7.2f\n", name+": "+what, plain, woven, woven/plain)
	}
	row("largest process", "%7.0f MB", float64(loads[0].largest)/1e6, float64(loads[1].largest)/1e6)
	row("all processes at one moment", "%7.0f MB", float64(loads[0].together)/1e6, float64(loads[1].together)/1e6)
	row("processes started", "%10.0f", float64(loads[0].processes), float64(loads[1].processes))
}

// measureMemory runs a build in a process group of its own, which it looks at every few milliseconds.
func (b *bench) measureMemory(with builder) load {
	command := b.command(with)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	check(command.Start())
	done := make(chan error, 1)
	go func() { done <- command.Wait() }()
	var measured load
	for {
		select {
		case err := <-done:
			if err != nil {
				log.Fatalf("%s: %v\n%s", command, err, &output)
			}
			usage := command.ProcessState.SysUsage().(*syscall.Rusage)
			measured.largest = usage.Maxrss
			if runtime.GOOS == "linux" {
				measured.largest *= 1024
			}
			return measured
		case <-time.After(5 * time.Millisecond):
			measured.together = max(measured.together, residentInGroup(command.Process.Pid))
		}
	}
}

// residentInGroup is how many bytes the processes of a group have in memory, by Linux's /proc; pages that two of them
// share count twice.
func residentInGroup(group int) int64 {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	var sum int64
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it ended
		}
		// proc_pid_stat(5): the third field behind the name in parentheses is the group, the 22nd the resident pages.
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		if len(fields) < 22 || fields[2] != strconv.Itoa(group) {
			continue
		}
		pages, err := strconv.ParseInt(fields[21], 10, 64)
		check(err)
		sum += pages * int64(os.Getpagesize())
	}
	return sum
}

// countProcesses runs a build under strace, where there is one: each process ends by one call of exit_group.
func (b *bench) countProcesses(with builder) int {
	strace, err := exec.LookPath("strace")
	if err != nil {
		return 0
	}
	trace := filepath.Join(b.work, "trace")
	command := b.command(with)
	command.Args = append([]string{strace, "-f", "-qq", "-e", "trace=exit_group", "-e", "signal=none", "-o", trace}, command.Args...)
	command.Path = strace
	if output, err := command.CombinedOutput(); err != nil {
		log.Printf("%s: %v\n%s", command, err, output)
		return 0
	}
	text, err := os.ReadFile(trace)
	check(err)
	return bytes.Count(text, []byte("exit_group("))
}
