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

// load is what memory the processes of one build took.
type load struct {
	largest  int64 // bytes in memory of the largest process, at its most
	together int64 // bytes in memory of all processes at the moment when that was most; 0 if not known
}

// printLoads compares memory and processes of plain and woven builds.
func (b *bench) printLoads() {
	plain := b.builder("plain", "go")
	woven := b.builder("woven", b.otel, "go")
	fmt.Printf("%-44s %10s %10s %7s\n", "memory and processes of a build", "plain", "woven", "ratio")
	if b.cold > 0 {
		printMemory("cold", b.loads)
	}
	b.run(woven) // the last build was of other rules
	for _, kind := range []struct {
		name    string
		prepare func()
	}{
		{"no-op", func() {}},
		{"edit", b.edit},
	} {
		var loads [2]load
		var processes [2]float64
		for i, with := range []builder{plain, woven} {
			kind.prepare()
			_, loads[i] = b.watch(b.command(with))
			kind.prepare()
			processes[i] = float64(b.countProcesses(with))
		}
		printMemory(kind.name, loads)
		printRatio(kind.name+": processes started", "%10.0f", processes)
	}
	fmt.Println()
}

func printMemory(name string, loads [2]load) {
	mb := func(bytes func(load) int64) [2]float64 {
		return [2]float64{float64(bytes(loads[0])) / 1e6, float64(bytes(loads[1])) / 1e6}
	}
	printRatio(name+": largest process", "%7.0f MB", mb(func(l load) int64 { return l.largest }))
	printRatio(name+": all processes at one moment", "%7.0f MB", mb(func(l load) int64 { return l.together }))
}

func printRatio(what, format string, of [2]float64) {
	if of[0] == 0 || of[1] == 0 {
		fmt.Printf("%-44s %10s %10s\n", what, "not known", "not known")
		return
	}
	fmt.Printf("%-44s "+format+" "+format+" %7.2f\n", what, of[0], of[1], of[1]/of[0])
}

// watch runs a build in a process group of its own, which it looks at every few milliseconds.
func (b *bench) watch(command *exec.Cmd) (*os.ProcessState, load) {
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
			measured.largest = largest(command.ProcessState)
			return command.ProcessState, measured
		case <-time.After(10 * time.Millisecond):
			measured.together = max(measured.together, residentInGroup(command.Process.Pid))
		}
	}
}

// largest is how many bytes the process and those that it waited for had in memory at most, each by itself.
func largest(state *os.ProcessState) int64 {
	most := state.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS == "linux" {
		most *= 1024 // getrusage(2)
	}
	return most
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

// countProcesses runs a build under strace, where there is one: each process ends by one call of exit_group. Zero if there
// is none.
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
