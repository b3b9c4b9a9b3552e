// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// took is what one command took.
type took struct {
	wall, cpu time.Duration // cpu of all its processes
	largest   int64         // bytes in memory of the largest process, at its most
	actions   []action      // nil where they weren't asked for
}

// action is a thing that go did, or found done, in the form of its -debug-actiongraph.
type action struct {
	Mode, Package   string
	Cmd             []string      // nil if it was found done
	CmdUser, CmdSys time.Duration // of the processor, for Cmd
}

// compiled is how many packages were compiled.
func (t took) compiled() int {
	n := 0
	for _, a := range t.actions {
		if a.Mode == "build" && slices.ContainsFunc(a.Cmd, isCompile) {
			n++
		}
	}
	return n
}

// A compiler's command, but for the question of its version.
var isCompile = regexp.MustCompile(`/compile(\.exe)? .*-p `).MatchString

// checkLinked ends the program if no binary was linked: a build that finds one looks faster than it is.
func (t took) checkLinked() {
	if !slices.ContainsFunc(t.actions, func(a action) bool { return a.Mode == "link" && a.Cmd != nil }) {
		log.Fatal("a build from an empty cache linked nothing")
	}
}

// cpuOf is what the actions took that are also among others.
func (t took) cpuOf(others []action) time.Duration {
	is := map[string]bool{}
	for _, a := range others {
		is[a.Mode+" "+a.Package] = true
	}
	var sum time.Duration
	for _, a := range t.actions {
		if is[a.Mode+" "+a.Package] {
			sum += a.CmdUser + a.CmdSys
		}
	}
	return sum
}

// run builds, or does what the builder's words say in place of building.
func (b *bench) run(with builder, flags ...string) took {
	command := b.command(with, flags...)
	start := time.Now()
	output, err := command.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		log.Fatalf("%s: %v\n%s", command, err, output)
	}
	state := command.ProcessState
	return took{wall: wall, cpu: state.UserTime() + state.SystemTime(), largest: largest(state)}
}

// runTelling is a run that has actions.
func (b *bench) runTelling(with builder) took {
	file := filepath.Join(b.work, "actions.json")
	t := b.run(with, "-debug-actiongraph="+file)
	t.readActions(file)
	return t
}

func (t *took) readActions(file string) {
	text, err := os.ReadFile(file)
	check(err)
	check(json.Unmarshal(text, &t.actions))
}

// pair measures a plain and a woven build in turns, for ten seconds or longer; of several rounds the fastest counts.
// prepare is called before each of them. Actions are those of one more round, where go writes them down.
func (b *bench) pair(rounds int, plain, woven builder, prepare func(builder)) (best [2]took) {
	start := time.Now()
	for round := 0; round < rounds || time.Since(start) < 10*time.Second; round++ {
		for i, with := range []builder{plain, woven} {
			prepare(with)
			best[i].keepFaster(b.run(with), round)
		}
	}
	for i, with := range []builder{plain, woven} {
		prepare(with)
		best[i].actions = b.runTelling(with).actions
	}
	return best
}

// coldBuilds are builds whose cache is empty, plain and woven, and a woven one behind the plain one.
type coldBuilds struct {
	took  [2]took
	first took
	loads [2]load
}

// runCold measures each of them in turns. Beside builds from nothing, it takes no time that go writes its actions down and
// that memory is looked at. An output of before would be as good as a cached one: go doesn't link what it finds there
// (cmd/go/internal/work, useCache).
func (b *bench) runCold(plain, woven builder) (cold coldBuilds) {
	switched := woven
	switched.cache = plain.cache
	for round := range b.cold {
		for i, with := range []builder{plain, woven} {
			check(os.RemoveAll(with.cache))
			check(os.RemoveAll(with.output))
			now, load := b.runWatched(with)
			now.checkLinked()
			cold.took[i].keepFaster(now, round)
			cold.loads[i] = load
			if i == 0 {
				check(os.RemoveAll(switched.output))
				first := b.runTelling(switched)
				first.checkLinked()
				cold.first.keepFaster(first, round)
			}
		}
	}
	return cold
}

// runWatched is a run that has actions, with its load.
func (b *bench) runWatched(with builder) (took, load) {
	file := filepath.Join(b.work, "actions.json")
	start := time.Now()
	state, load := b.watch(b.command(with, "-debug-actiongraph="+file))
	t := took{wall: time.Since(start), cpu: state.UserTime() + state.SystemTime(), largest: load.largest}
	t.readActions(file)
	return t, load
}

func (t *took) keepFaster(now took, round int) {
	if round == 0 {
		*t = now
		return
	}
	if now.cpu < t.cpu {
		t.cpu, t.actions = now.cpu, now.actions
	}
	t.wall = min(t.wall, now.wall)
	t.largest = min(t.largest, now.largest)
}

func (b *bench) printBuilds() {
	plain := b.builder("plain", "go")
	woven := b.builder("woven", b.otel, "go")
	fmt.Printf("%-40s %9s %9s %6s %9s %9s %9s %9s %9s %9s\n", "builds", "plain", "woven", "ratio", "CPU plain", "CPU woven",
		"packages", "woven", "memory", "woven")
	row := func(name string, times [2]took) {
		fmt.Printf("%-40s %7.2f s %7.2f s %6.2f %7.2f s %7.2f s %9d %9d %6.0f MB %6.0f MB\n", name, times[0].wall.Seconds(),
			times[1].wall.Seconds(), times[1].wall.Seconds()/times[0].wall.Seconds(), times[0].cpu.Seconds(), times[1].cpu.Seconds(),
			times[0].compiled(), times[1].compiled(), float64(times[0].largest)/1e6, float64(times[1].largest)/1e6)
	}
	nothing := func(builder) {}
	if b.cold > 0 {
		cold := b.runCold(plain, woven)
		row("cold: empty caches", cold.took)
		everyday := cold.took[0].actions
		shared := [2]float64{cold.took[0].cpuOf(everyday).Seconds(), cold.took[1].cpuOf(everyday).Seconds()}
		fmt.Printf("%-40s %9s %9s %6.2f %7.2f s %7.2f s\n", "  tools, for what a plain build has too", "", "", shared[1]/shared[0],
			shared[0], shared[1])
		// What comes on top when a team switches: the plain build's cache is warm.
		fmt.Printf("%-40s %9s %7.2f s %6s %9s %7.2f s %9s %9d %9s %6.0f MB\n", "first woven build after a plain one", "",
			cold.first.wall.Seconds(), "", "", cold.first.cpu.Seconds(), "", cold.first.compiled(), "", float64(cold.first.largest)/1e6)
		b.loads = cold.loads
	} else {
		b.run(plain)
		b.run(woven)
	}
	row("nothing changed", b.pair(b.rounds, plain, woven, nothing))
	row("one line of package main", b.pair(b.rounds, plain, woven, func(builder) { b.edit() }))
	row("one line of a leaf package", b.pair(b.rounds, plain, woven, func(builder) { b.editLeaf() }))
	row("go test ./..., nothing changed", b.pair(b.rounds, plain.doing("test", "./..."), woven.doing("test", "./..."), nothing))

	// A rule for the leaf package is changed, beside an edit of the package itself in the plain build.
	rules := filepath.Join(b.work, "rules.yaml")
	ruled := b.builder("woven", b.otel, "--rules", rules, "go")
	row("a rule for the leaf package", b.pair(b.rounds, plain, ruled, func(with builder) {
		if with.cache == plain.cache {
			b.editLeaf()
		} else {
			b.editRule(rules)
		}
	}))
}

// printByHand is an edit of the same service with the official SDK, otelhttp and exporter.
func (b *bench) printByHand(source string) {
	byHand := *b
	byHand.source = filepath.Join(b.work, "by_hand")
	check(os.CopyFS(byHand.source, os.DirFS(source)))
	with := byHand.builder("by_hand_cache", "go")
	byHand.run(with)
	var best time.Duration
	for round := range b.rounds {
		byHand.edit()
		if now := byHand.run(with); round == 0 || now.wall < best {
			best = now.wall
		}
	}
	fmt.Printf("%-40s %7.2f s\n", "one line of package main, by hand", best.Seconds())
}

// edit changes a line of the program's so that it was never built before.
func (b *bench) edit() {
	b.edits++
	b.write("edited.go", fmt.Sprintf("package main\n\nvar edited = %d\n", b.edits))
}

// addLeaf adds a package that imports nothing, with a test, and that the program imports.
func (b *bench) addLeaf() {
	list := exec.Command("go", "list", "-f", "{{.ImportPath}}", ".")
	list.Dir = b.source
	path, err := list.Output()
	check(err)
	b.leaf = strings.TrimSpace(string(path)) + "/leaf"
	if b.leaf == "command-line-arguments/leaf" {
		log.Fatalf("%s isn't in a module", b.source)
	}
	check(os.MkdirAll(filepath.Join(b.source, "leaf"), 0o777))
	b.write("leaf/leaf_test.go", "package leaf\n\nimport \"testing\"\n\nfunc TestF(*testing.T) { F() }\n")
	b.write("with_leaf.go", fmt.Sprintf("package main\n\nimport %q\n\nfunc init() { leaf.F() }\n", b.leaf))
	b.editLeaf()
}

func (b *bench) editLeaf() {
	b.edits++
	b.write("leaf/leaf.go", fmt.Sprintf("package leaf\n\nfunc F() int {\n\tn := %d\n\treturn n\n}\n", b.edits))
}

func (b *bench) editRule(file string) {
	b.edits++
	text := fmt.Sprintf("library: bench\nrules:\n  - {name: leaf, kind: raw, package: %s, function: F, at: entry, insert: _ = %d}\n",
		b.leaf, b.edits)
	check(os.WriteFile(file, []byte(text), 0o666))
}

func (b *bench) write(name, text string) {
	check(os.WriteFile(filepath.Join(b.source, name), []byte(text), 0o666))
}
