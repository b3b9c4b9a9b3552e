// SPDX-License-Identifier: Apache-2.0

// Compares what syntax_dump (otel's lib/syntax) and the Go tools read in Go files; see README.md.
// Exits with 1 if they differ anywhere.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"hash/fnv"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

const maxShown = 20 // files with differences that are shown in detail

func main() {
	log.SetFlags(0)
	dump := flag.String("dump", "syntax_dump", "path of `syntax_dump`")
	full := flag.String("full", "", "print the dumps of one `file` and stop")
	flag.Parse()
	if *full != "" {
		printFull(*full)
		return
	}
	dirs := flag.Args()
	if len(dirs) == 0 {
		goroot, err := exec.Command("go", "env", "GOROOT").Output()
		check(err)
		dirs = []string{filepath.Join(strings.TrimSpace(string(goroot)), "src")}
	}
	start := time.Now()
	files := findGoFiles(dirs)
	if len(files) == 0 {
		log.Fatal("no Go files below ", strings.Join(dirs, " "))
	}
	expected := readAll(files)
	actual := runDump(*dump, files)
	differ := compare(*dump, files, expected, actual)
	if !compareUnicode(*dump) {
		differ++
	}
	count := countVerdicts(expected)
	fmt.Printf("%d files, %d differ (%d not parsed by Go, %d not scanned) in %.1fs\n", len(files), differ,
		count[tokensOnly], count[unscannable], time.Since(start).Seconds())
	if differ > 0 {
		os.Exit(1)
	}
}

// verdict is what Go says of a file, and so what can be compared.
type verdict int

const (
	everything verdict = iota
	tokensOnly
	unscannable
)

type result struct {
	verdict         verdict
	tokens, outline string // hashes
}

func readAll(files []string) []result {
	results := make([]result, len(files))
	var group sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := range next {
				results[i] = read(files[i])
			}
		}()
	}
	for i := range files {
		next <- i
	}
	close(next)
	group.Wait()
	return results
}

func read(path string) result {
	src, err := os.ReadFile(path)
	check(err)
	tokens, ok := dumpTokens(src)
	if !ok {
		return result{verdict: unscannable}
	}
	outline, ok := dumpOutline(src)
	if !ok {
		return result{tokensOnly, hash(tokens), ""}
	}
	return result{everything, hash(tokens), hash(outline)}
}

func runDump(dump string, files []string) []string {
	cmd := exec.Command(dump)
	cmd.Stdin = strings.NewReader(strings.Join(files, "\n") + "\n")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if err != nil || len(lines) != len(files) {
		log.Fatalf("%s: %d files, %d answers, %v", dump, len(files), len(lines), err)
	}
	return lines
}

func compare(dump string, files []string, expected []result, actual []string) (differ int) {
	for i, path := range files {
		words := strings.SplitN(actual[i], " ", 4)
		var wrong []string
		if words[3] != path {
			log.Fatalf("asked for %s, got %s", path, words[3])
		}
		if expected[i].verdict != unscannable && words[0] != expected[i].tokens {
			wrong = append(wrong, "tokens")
		}
		if expected[i].verdict == everything && words[1] != expected[i].outline {
			wrong = append(wrong, "outline")
		}
		if words[2] != "ok" {
			wrong = append(wrong, words[2])
		}
		if len(wrong) == 0 {
			continue
		}
		differ++
		if differ <= maxShown {
			fmt.Printf("%s: %s\n", path, strings.Join(wrong, ", "))
			showFirstDifference(dump, path)
		}
	}
	return differ
}

func showFirstDifference(dump, path string) {
	src, err := os.ReadFile(path)
	check(err)
	tokens, _ := dumpTokens(src)
	outline, _ := dumpOutline(src)
	ours, err := exec.Command(dump, "--full", path).Output()
	check(err)
	want, got := strings.Split(tokens+outline, "\n"), strings.Split(string(ours), "\n")
	for i := range min(len(want), len(got)) {
		if want[i] != got[i] {
			fmt.Printf("\tline %d of the dump\n\tgo:   %s\n\totel: %s\n", i+1, want[i], got[i])
			return
		}
	}
}

// compareUnicode looks at every code point, if the tables of both sides are of one version.
func compareUnicode(dump string) bool {
	ours, err := exec.Command(dump, "--unicode").Output()
	check(err)
	go_ := []byte(dumpUnicode())
	version := func(text []byte) string { line, _, _ := bytes.Cut(text, []byte("\n")); return string(line) }
	if version(ours) != version(go_) {
		fmt.Printf("unicode tables not compared: otel has %s, Go has %s\n", version(ours), version(go_))
		return true
	}
	if !bytes.Equal(ours, go_) {
		fmt.Println("unicode tables differ")
		return false
	}
	return true
}

func findGoFiles(dirs []string) (files []string) {
	for _, dir := range dirs {
		check(filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && strings.HasSuffix(path, ".go") {
				files = append(files, path)
			}
			return err
		}))
	}
	return files
}

func countVerdicts(results []result) (count [unscannable + 1]int) {
	for _, r := range results {
		count[r.verdict]++
	}
	return count
}

func printFull(path string) {
	src, err := os.ReadFile(path)
	check(err)
	tokens, _ := dumpTokens(src)
	outline, _ := dumpOutline(src)
	fmt.Print(tokens, outline)
}

func hash(text string) string {
	h := fnv.New64a()
	h.Write([]byte(text))
	return fmt.Sprintf("%016x", h.Sum64())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
