// SPDX-License-Identifier: Apache-2.0

// bench prints what otel costs next to plain go: build times, memory and
// processes, otel's own stages, a passed-through tool process, start-up, binary
// sizes. Kinds of build take turns, so that a busy machine slows all of them, and
// the shortest of several rounds counts. It asserts nothing.
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
)

// bench is a place where one program is built.
type bench struct {
	otel   string
	name   string // of the program
	source string // its directory, a copy
	work   string // has the caches
	rounds int
	cold   int
	edits  int
	leaf   string  // import path of the package that is added
	loads  [2]load // of cold builds, plain and woven
}

// programs are what is built: copies of the files in directories of the repository. Without a directory it is generated,
// with so many packages of its own.
var programs = []struct {
	name        string
	directories []string
	cold        int // rounds of builds from an empty cache
	packages    int
	service     bool
}{
	{"demo/greet", []string{"demo/greet"}, 2, 0, true},
	{"shop, all libraries", []string{"test/libraries/shop/testdata/shop", "test/bench/testdata/shop"}, 1, 0, true},
	{"registry, of distribution", []string{"test/bench/testdata/registry"}, 1, 0, true},
	{"generated", nil, 1, 2800, true},
	{"nothing matches", nil, 1, 1000, false},
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	otel := flag.String("otel", "", "the executable to measure")
	root := flag.String("root", "../..", "directory of the repository")
	rounds := flag.Int("rounds", 7, "how often each fast build is run at least")
	cold := flag.Int("cold", 2, "how often a build from an empty cache is run at most; 0 leaves these out")
	only := flag.String("only", "", "build only the programs with this in their names")
	flag.Parse()
	byHand := filepath.Join(*root, "test/bench/by_hand")
	work, err := os.MkdirTemp("", "otel-bench")
	check(err)
	defer os.RemoveAll(work)

	for i, program := range programs {
		if !strings.Contains(program.name, *only) {
			continue
		}
		b := bench{otel: *otel, name: program.name, work: filepath.Join(work, strconv.Itoa(i)), rounds: *rounds,
			cold: min(*cold, program.cold)}
		b.source = filepath.Join(b.work, "module")
		if program.directories == nil {
			generate(b.source, program.packages, program.service)
		}
		for _, directory := range program.directories {
			check(os.CopyFS(b.source, os.DirFS(filepath.Join(*root, directory))))
		}
		b.addLeaf()
		b.printPackages()
		b.printBuilds()
		if program.name == "demo/greet" {
			b.printByHand(byHand)
		}
		b.printLoads()
		b.printStages()
		check(os.RemoveAll(b.work))
	}
	printToolProcess(*otel, work)
	printStartup(*otel, work)
	printSizes(*otel, work, filepath.Join(*root, "demo/greet"), byHand)
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
	does   []string // in place of a build
}

func (b *bench) builder(cache string, words ...string) builder {
	return builder{words: words, cache: filepath.Join(b.work, cache), output: filepath.Join(b.work, cache+".out")}
}

// doing is the builder with another go command.
func (with builder) doing(words ...string) builder {
	with.does = words
	return with
}

// command is the builder's, with flags of go build beside its own.
func (b *bench) command(with builder, flags ...string) *exec.Cmd {
	does := with.does
	if does == nil {
		does = []string{"build", "-o", with.output, "."}
	}
	words := append([]string{}, with.words...)
	words = append(append(append(words, does[0]), flags...), does[1:]...)
	command := exec.Command(words[0], words[1:]...)
	command.Dir = b.source
	command.Env = append(os.Environ(), "GOCACHE="+filepath.Join(with.cache, "go"),
		"OTEL_GO_CACHE="+filepath.Join(with.cache, "otel"))
	return command
}

func (b *bench) printPackages() {
	command := exec.Command("go", "list", "-deps", ".")
	command.Dir = b.source
	output, err := command.Output()
	check(err)
	fmt.Printf("%s: %d packages\n", b.name, strings.Count(string(output), "\n"))
}

// printSizes compares binaries of the service in directory greet.
func printSizes(otel, work, greet, byHand string) {
	fmt.Printf("%-44s %10s %10s\n", "binary of demo/greet", "size", "stripped")
	row := func(name, directory string, words ...string) {
		output := filepath.Join(work, "sized")
		fmt.Printf("%-44s %7.1f MB %7.1f MB\n", name, size(output, directory, words), size(output, directory, append(words, "-ldflags=-s -w")))
	}
	row("plain", greet, "go", "build")
	row("woven", greet, otel, "go", "build")
	row("woven, hooks alone (--no-sdk)", greet, otel, "--no-sdk", "go", "build")
	row("by hand: SDK, otelhttp, otlptracegrpc", byHand, "go", "build")
}

// size is that of what is built of a directory, in MB: 1,000,000 bytes.
func size(output, directory string, words []string) float64 {
	command := exec.Command(words[0], append(append([]string{}, words[1:]...), "-o", output, ".")...)
	command.Dir = directory
	if text, err := command.CombinedOutput(); err != nil {
		log.Fatalf("%s in %s: %v\n%s", words, directory, err, text)
	}
	info, err := os.Stat(output)
	check(err)
	return float64(info.Size()) / 1e6
}
