// SPDX-License-Identifier: Apache-2.0

// bench prints what otel costs next to plain go: build times, memory and
// processes, a passed-through tool process, binary sizes. Kinds of build take turns, so that a busy machine
// slows all of them, and the shortest of several rounds counts. It asserts
// nothing.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// bench is a place where one program is built.
type bench struct {
	otel   string
	name   string // of the program
	source string // its folder, a copy
	work   string // has the caches
	rounds int
	cold   int
	edits  int
}

// programs are folders in the repository: what is copied, and the main package in it.
var programs = []struct{ name, module, main string }{
	{"demo/greet", "demo/greet", "."},
	{"shop, all libraries", "test/libraries", "shop/testdata/shop"},
	{"registry, of distribution", "test/bench/testdata/registry", "."},
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	otel := flag.String("otel", "", "the executable to measure")
	root := flag.String("root", "../..", "folder of the repository")
	rounds := flag.Int("rounds", 7, "how often each fast build is run")
	cold := flag.Int("cold", 2, "how often each build from an empty cache is run")
	only := flag.String("only", "", "build only the programs with this in their names")
	flag.Parse()
	work, err := os.MkdirTemp("", "otel-bench")
	check(err)
	defer os.RemoveAll(work)

	for i, program := range programs {
		if !strings.Contains(program.name, *only) {
			continue
		}
		b := bench{otel: *otel, name: program.name, work: filepath.Join(work, strconv.Itoa(i)), rounds: *rounds, cold: *cold}
		module := filepath.Join(b.work, "module")
		check(os.CopyFS(module, os.DirFS(filepath.Join(*root, program.module))))
		b.source = filepath.Join(module, program.main)
		b.printPackages()
		b.printBuilds()
		b.printLoads()
		check(os.RemoveAll(b.work))
	}
	printToolProcess(*otel, work)
	printSizes(*otel, work, filepath.Join(*root, "demo/greet"), filepath.Join(*root, "test/bench/by_hand"))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// builder is one of the two kinds of build with caches of its own.
type builder struct {
	words  []string
	cache  string
	output string
}

func (b *bench) builder(cache string, words ...string) builder {
	return builder{words, filepath.Join(b.work, cache), filepath.Join(b.work, cache+".out")}
}

func (b *bench) command(with builder) *exec.Cmd {
	words := append(append([]string{}, with.words...), "build", "-o", with.output, ".")
	command := exec.Command(words[0], words[1:]...)
	command.Dir = b.source
	command.Env = append(os.Environ(), "GOCACHE="+filepath.Join(with.cache, "go"),
		"OTEL_GO_CACHE="+filepath.Join(with.cache, "otel"))
	return command
}

func (b *bench) build(with builder) time.Duration {
	command := b.command(with)
	start := time.Now()
	output, err := command.CombinedOutput()
	took := time.Since(start)
	if err != nil {
		log.Fatalf("%s: %v\n%s", command, err, output)
	}
	return took
}

// pair measures a plain and a woven build in turns. prepare is called before
// each of them.
func (b *bench) pair(rounds int, plain, woven builder, prepare func(builder)) (fastest [2]time.Duration) {
	for round := range rounds {
		for i, kind := range []builder{plain, woven} {
			prepare(kind)
			if took := b.build(kind); round == 0 || took < fastest[i] {
				fastest[i] = took
			}
		}
	}
	return fastest
}

func (b *bench) printPackages() {
	command := exec.Command("go", "list", "-deps", ".")
	command.Dir = b.source
	output, err := command.Output()
	check(err)
	fmt.Printf("%s: %d packages\n", b.name, strings.Count(string(output), "\n"))
}

func (b *bench) printBuilds() {
	plain := b.builder("plain", "go")
	woven := b.builder("woven", b.otel, "go")
	fmt.Printf("%-44s %10s %10s %7s\n", "builds", "plain", "woven", "ratio")
	row := func(name string, times [2]time.Duration) {
		fmt.Printf("%-44s %8.2f s %8.2f s %7.2f\n", name, times[0].Seconds(), times[1].Seconds(),
			times[1].Seconds()/times[0].Seconds())
	}
	row("cold: empty caches", b.pair(b.cold, plain, woven, func(kind builder) { check(os.RemoveAll(kind.cache)) }))
	row("no-op: nothing changed", b.pair(b.rounds, plain, woven, func(builder) {}))
	row("edit: one line of package main", b.pair(b.rounds, plain, woven, func(builder) { b.edit() }))

	// What comes on top when a team switches: the plain build's cache is warm.
	first := b.builder("first", "go")
	switched := b.builder("first", b.otel, "go")
	var fastest time.Duration
	for round := range b.cold {
		check(os.RemoveAll(first.cache))
		b.build(first)
		if took := b.build(switched); round == 0 || took < fastest {
			fastest = took
		}
	}
	fmt.Printf("%-44s %10s %8.2f s\n", "first woven build after a plain one", "", fastest.Seconds())
}

// edit changes a line of the program's so that it was never built before.
func (b *bench) edit() {
	b.edits++
	text := fmt.Sprintf("package main\n\nvar edited = %d\n", b.edits)
	check(os.WriteFile(filepath.Join(b.source, "edited.go"), []byte(text), 0o644))
}

// printToolProcess compares a tool with the same tool behind otel.
func printToolProcess(otel, work string) {
	const rounds = 1000
	tool, err := exec.LookPath("true")
	check(err)
	commands := [][]string{{tool}, {otel, "toolexec", work, "overlay.json", "0", tool}}
	var fastest, total [2]time.Duration
	for round := range rounds {
		for i, words := range commands {
			start := time.Now()
			check(exec.Command(words[0], words[1:]...).Run())
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
	fmt.Println()
}

// printSizes compares binaries of the service in folder greet.
func printSizes(otel, work, greet, byHand string) {
	fmt.Printf("%-44s %10s %10s\n", "binary of demo/greet", "size", "stripped")
	row := func(name, folder string, words ...string) {
		output := filepath.Join(work, "sized")
		fmt.Printf("%-44s %7.1f MB %7.1f MB\n", name, size(output, folder, words), size(output, folder, append(words, "-ldflags=-s -w")))
	}
	row("plain", greet, "go", "build")
	row("woven", greet, otel, "go", "build")
	row("by hand: SDK, otelhttp, otlptracegrpc", byHand, "go", "build")
}

// size is that of what is built of a folder, in MB: 1,000,000 bytes.
func size(output, folder string, words []string) float64 {
	command := exec.Command(words[0], append(append([]string{}, words[1:]...), "-o", output, ".")...)
	command.Dir = folder
	if text, err := command.CombinedOutput(); err != nil {
		log.Fatalf("%s in %s: %v\n%s", words, folder, err, text)
	}
	info, err := os.Stat(output)
	check(err)
	return float64(info.Size()) / 1e6
}
