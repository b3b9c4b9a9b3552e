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
	"regexp"
	"time"
)

// bench is the place where everything is built.
type bench struct {
	otel   string
	source string // of the service
	work   string
	rounds int
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	var b bench
	flag.StringVar(&b.otel, "otel", "", "the executable to measure")
	greet := flag.String("greet", "", "folder of the service to build")
	byHand := flag.String("by_hand", "", "folder of the same service, instrumented by hand")
	flag.IntVar(&b.rounds, "rounds", 7, "how often each fast build is run")
	cold := flag.Int("cold", 2, "how often each build from an empty cache is run")
	flag.Parse()
	work, err := os.MkdirTemp("", "otel-bench")
	check(err)
	b.work, b.source = work, filepath.Join(work, "greet")
	defer os.RemoveAll(work)
	check(os.CopyFS(b.source, os.DirFS(*greet)))

	b.printBuilds(*cold)
	b.printLoads()
	b.printToolProcess()
	b.printSizes(*byHand)
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

func (b *bench) printBuilds(cold int) {
	plain := b.builder("plain", "go")
	woven := b.builder("woven", b.otel, "go")
	fmt.Printf("%-44s %10s %10s %7s\n", "build of demo/greet", "plain", "woven", "ratio")
	row := func(name string, times [2]time.Duration) {
		fmt.Printf("%-44s %8.2f s %8.2f s %7.2f\n", name, times[0].Seconds(), times[1].Seconds(),
			times[1].Seconds()/times[0].Seconds())
	}
	row("cold: empty caches", b.pair(cold, plain, woven, func(kind builder) { check(os.RemoveAll(kind.cache)) }))
	row("no-op: nothing changed", b.pair(b.rounds, plain, woven, func(builder) {}))
	edits := 0
	row("edit: one line of main.go", b.pair(b.rounds, plain, woven, func(builder) {
		edits++
		b.edit(edits)
	}))

	// What comes on top when a team switches: the plain build's cache is warm.
	first := b.builder("first", "go")
	switched := b.builder("first", b.otel, "go")
	var fastest time.Duration
	for round := range cold {
		check(os.RemoveAll(first.cache))
		b.build(first)
		if took := b.build(switched); round == 0 || took < fastest {
			fastest = took
		}
	}
	fmt.Printf("%-44s %10s %8.2f s\n\n", "first woven build after a plain one", "", fastest.Seconds())
}

var greeting = regexp.MustCompile(`"hello [0-9]* ?`)

// edit changes a line of the service so that it was never built before.
func (b *bench) edit(n int) {
	path := filepath.Join(b.source, "main.go")
	text, err := os.ReadFile(path)
	check(err)
	edited := greeting.ReplaceAllString(string(text), fmt.Sprintf(`"hello %d `, n))
	if edited == string(text) {
		log.Fatal("main.go has no line to edit")
	}
	check(os.WriteFile(path, []byte(edited), 0o644))
}

// printToolProcess compares a tool with the same tool behind otel.
func (b *bench) printToolProcess() {
	const rounds = 1000
	tool, err := exec.LookPath("true")
	check(err)
	commands := [][]string{{tool}, {b.otel, "toolexec", b.work, "overlay.json", "0", tool}}
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

func (b *bench) printSizes(byHand string) {
	fmt.Printf("%-44s %10s %10s\n", "binary of demo/greet", "size", "stripped")
	row := func(name, folder string, words ...string) {
		fmt.Printf("%-44s %7.1f MB %7.1f MB\n", name, b.size(folder, words), b.size(folder, append(words, "-ldflags=-s -w")))
	}
	row("plain", b.source, "go", "build")
	row("woven", b.source, b.otel, "go", "build")
	row("by hand: SDK, otelhttp, otlptracegrpc", byHand, "go", "build")
}

// size is in MB, 1,000,000 bytes.
func (b *bench) size(folder string, words []string) float64 {
	output := filepath.Join(b.work, "sized")
	command := exec.Command(words[0], append(append([]string{}, words[1:]...), "-o", output, ".")...)
	command.Dir = folder
	if text, err := command.CombinedOutput(); err != nil {
		log.Fatalf("%s in %s: %v\n%s", words, folder, err, text)
	}
	info, err := os.Stat(output)
	check(err)
	return float64(info.Size()) / 1e6
}
