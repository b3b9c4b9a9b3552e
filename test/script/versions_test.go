// SPDX-License-Identifier: Apache-2.0

package script

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestVersionsStay makes up programs, of seeds that are the same in each run,
// and compares what plain go and otel are about to link: whatever a program has
// of OpenTelemetry, and however its modules come, each of its modules keeps its
// version, and the go line, the toolchain line and the settings of GODEBUG stay.
// Nothing is compiled.
func TestVersionsStay(t *testing.T) {
	seeds := 24
	if os.Getenv("OTEL_TEST_FULL") != "" {
		seeds = 240
	}
	for seed := range seeds {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			t.Parallel()
			p := makeUp(t, rand.New(rand.NewPCG(uint64(seed), 0)))
			p.settle(t)
			p.compare(t)
		})
	}
}

// madeUp is a program of which only the imports matter.
type madeUp struct {
	directory   string // of the module, or of the workspace
	main        string // the directory of package main, beneath it
	goLine      string
	lines       []string // of go.mod, beside module, go and require
	requires    map[string]string
	imports     []string
	directoryOf string // this module is replaced by a copy in the directory "fork"
	vendored    bool
	workspace   bool
	other       string   // what the workspace's other module requires, "module version"
	deps        string   // --deps, for an OpenTelemetry that is too old to weave
	environment []string // of both commands
}

const otelModule = "go.opentelemetry.io/otel"

// otelReleases are those that programs are made up with; what go line each asks
// for, go says when it completes go.mod.
var otelReleases = []string{"v1.24.0", "v1.28.0", "v1.29.0", "v1.31.0", "v1.32.0", "v1.34.0", "v1.35.0", "v1.37.0", "v1.38.0",
	"v1.40.0", "v1.41.0", "v1.43.0", "v1.44.0", "v1.46.0", "v1.47.0"}

// kinds are what a program may use of OpenTelemetry: packages, by their modules.
var kinds = []struct{ name, module, pkg string }{
	{name: "nothing"},
	{"API", otelModule, otelModule},
	{"trace only", otelModule + "/trace", otelModule + "/trace"},
	{"metric only", otelModule + "/metric", otelModule + "/metric"},
	{"SDK", otelModule + "/sdk", otelModule + "/sdk/trace"},
	{"resource only", otelModule + "/sdk", otelModule + "/sdk/resource"},
	{"SDK of metrics", otelModule + "/sdk/metric", otelModule + "/sdk/metric"},
	{"older SDK", otelModule + "/sdk", otelModule + "/sdk/trace"},
	{"contrib", "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp",
		"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"},
	{"too old", otelModule + "/trace", otelModule + "/trace"},
}

// others are modules that OpenTelemetry requires too, at older releases.
var others = []struct{ module, version, pkg string }{
	{"github.com/google/uuid", "v1.3.0", "github.com/google/uuid"},
	{"github.com/cespare/xxhash/v2", "v2.1.2", "github.com/cespare/xxhash/v2"},
	{"github.com/go-logr/logr", "v1.2.4", "github.com/go-logr/logr"},
	{"golang.org/x/sys", "v0.5.0", "golang.org/x/sys/execabs"},
}

func makeUp(t *testing.T, r *rand.Rand) *madeUp {
	p := &madeUp{directory: t.TempDir(), main: ".", requires: map[string]string{}, imports: []string{"net/http"}}
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	goLines := []string{"1.21", "1.21.0", "1.22", "1.22.0", "1.23", "1.23.4", "1.24", "1.24.0", "1.25", "1.25.0"}
	releases := slices.Clone(otelReleases)
	local := localGo(t)
	if local >= 26 {
		goLines = append(goLines, "1.26", "1.26.0")
	} else {
		releases = slices.DeleteFunc(releases, func(v string) bool { return v == "v1.47.0" })
	}
	if local >= 27 {
		goLines = append(goLines, "1.27", "1.27.0")
	}
	p.goLine = pick(goLines)

	kind := kinds[r.IntN(len(kinds))]
	release := r.IntN(len(releases))
	if kind.module != "" {
		p.requires[kind.module] = releases[release]
		p.imports = append(p.imports, kind.pkg)
	}
	switch kind.name {
	case "older SDK":
		// An SDK that doesn't compile with the API's package metric has to be raised.
		if release == 0 {
			release = 1
			p.requires[kind.module] = releases[release]
		}
		newest := len(releases)
		if release < slices.Index(releases, "v1.34.0") {
			newest = slices.Index(releases, "v1.40.0")
		}
		p.requires[otelModule] = releases[release+r.IntN(newest-release)]
		p.imports = append(p.imports, otelModule)
	case "contrib":
		p.requires[kind.module] = pick([]string{"v0.49.0", "v0.53.0", "v0.60.0", "v0.61.0"})
	case "too old":
		p.requires[kind.module], p.deps = pick([]string{"v1.10.0", "v1.19.0", "v1.23.1"}), "keep"
	}
	for _, other := range others {
		if r.IntN(3) == 0 {
			p.requires[other.module] = other.version
			p.imports = append(p.imports, other.pkg)
		}
	}
	switch r.IntN(4) {
	case 0:
		if kind.name == "too old" {
			break // beside newer modules of a workspace it wouldn't compile
		}
		p.directoryOf = pick(slices.Sorted(maps.Keys(p.requires)))
	case 1:
		p.lines = append(p.lines, "replace github.com/google/uuid => github.com/google/uuid v1.4.0")
	}
	if r.IntN(3) == 0 {
		p.lines = append(p.lines, pick([]string{"godebug default=go1.21", "godebug panicnil=1", "godebug http2client=0"}))
		if local < 23 {
			p.lines = p.lines[:len(p.lines)-1]
		}
	}
	// Go removes one that isn't above the go line.
	if r.IntN(3) == 0 && p.goLine < "1.25" && release < slices.Index(releases, "v1.47.0") {
		p.lines = append(p.lines, "toolchain go1.25.1")
	}
	p.vendored = r.IntN(2) == 0
	if p.workspace = r.IntN(4) == 0; p.workspace {
		p.main = "service"
		p.other = pick([]string{"", otelModule + "/metric " + pick(releases), "github.com/google/uuid v1.5.0"})
	}
	t.Logf("go %s, %s, %v, replaced %q, %v, vendored %v, workspace %v (%s)", p.goLine, kind.name, p.requires, p.directoryOf, p.lines,
		p.vendored, p.workspace, p.other)
	return p
}

// localGo is the minor release of go: 26 of Go 1.26.8.
func localGo(t *testing.T) int {
	version := run(t, "", nil, "go", "env", "GOVERSION")
	minor, err := strconv.Atoi(regexp.MustCompile(`^go1\.(\d+)`).FindStringSubmatch(version)[1])
	if err != nil {
		t.Fatal(err)
	}
	return minor
}

// settle writes the program, and has go complete its go.mod, where go may choose
// newer versions, and vendor it.
func (p *madeUp) settle(t *testing.T) {
	p.environment = []string{"GOFLAGS=", "GOWORK=off", "GOENV=off", "GOTOOLCHAIN=local", "OTEL_GO_CACHE=" + t.TempDir()}
	directory := filepath.Join(p.directory, p.main)
	p.module(t, directory, "program", p.goLine, p.requires, p.lines, "package main\n"+imports(p.imports)+"\nfunc main() {}\n")
	if p.directoryOf != "" {
		p.fork(t, directory)
	}
	p.complete(t, directory)
	if !p.workspace {
		if p.vendored {
			p.run(t, p.directory, "go", "mod", "vendor")
		}
		return
	}
	requires, imported := map[string]string{}, []string(nil)
	if module, version, found := strings.Cut(p.other, " "); found {
		requires[module], imported = version, []string{module}
	}
	library := filepath.Join(p.directory, "library")
	p.module(t, library, "library", "1.21", requires, nil, "package library\n"+imports(imported))
	p.complete(t, library)
	p.environment[1] = "GOWORK="
	p.run(t, p.directory, "go", "work", "init")
	p.run(t, p.directory, "go", "work", "use", "./service", "./library")
	if p.vendored {
		p.run(t, p.directory, "go", "work", "vendor")
	}
}

func (p *madeUp) module(t *testing.T, directory, name, goLine string, requires map[string]string, lines []string, source string) {
	text := fmt.Sprintf("module example.com/%s\n\ngo %s\n\n", name, goLine)
	for _, module := range slices.Sorted(maps.Keys(requires)) {
		text += fmt.Sprintf("require %s %s\n", module, requires[module])
	}
	write(t, filepath.Join(directory, "go.mod"), text+strings.Join(lines, "\n")+"\n")
	write(t, filepath.Join(directory, name+".go"), source)
}

// complete has go add what go.mod lacks. A go line that the requirements raise is
// the program's from then on, and a toolchain line that this leaves behind goes.
func (p *madeUp) complete(t *testing.T, directory string) {
	if _, err := p.try(directory, "go", "list", "-mod=mod", "-deps", "."); err == nil {
		return
	}
	p.run(t, directory, "go", "mod", "edit", "-toolchain=none")
	p.run(t, directory, "go", "list", "-mod=mod", "-deps", ".")
}

// fork replaces a module by a copy of it.
func (p *madeUp) fork(t *testing.T, directory string) {
	module := p.directoryOf + "@" + p.requires[p.directoryOf]
	from := strings.TrimSpace(p.run(t, t.TempDir(), "go", "mod", "download", "-json", module))
	from = regexp.MustCompile(`"Dir": (".*")`).FindStringSubmatch(from)[1]
	from, err := strconv.Unquote(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(directory, "fork"), os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	p.run(t, directory, "go", "mod", "edit", "-replace", p.directoryOf+"=./fork")
}

// compare compares what go and otel are about to link.
func (p *madeUp) compare(t *testing.T) {
	words := []string{"build", "-n", "-o", filepath.Join(t.TempDir(), "program"), "./" + p.main}
	plain := linked(t, p.run(t, p.directory, "go", words...))
	if p.deps != "" {
		words = append([]string{"--deps=" + p.deps, "go"}, words...)
	} else {
		words = append([]string{"--deps=strict", "--strict", "go"}, words...)
	}
	before := p.files(t)
	said := p.run(t, p.directory, place.otel, words...)
	woven := linked(t, said)
	if changed := p.files(t); changed != before {
		t.Errorf("files of the program have changed:\n%s\nthey were\n%s", changed, before)
	}
	if _, found := woven.modules["otel.runtime"]; !found && p.deps == "" {
		t.Errorf("nothing is woven:\n%.2000s", said)
	}
	for path, version := range plain.modules {
		// A vendored directory has what the plain build links, whatever it is a copy of.
		if got := woven.modules[path]; got != version && !woven.vendored[path] {
			t.Errorf("%s is %s in the woven build, %s in the plain one", path, cmp.Or(got, "not there"), version)
		}
	}
	if woven.settings != plain.settings {
		t.Errorf("settings of the woven build:\n%s\nof the plain one:\n%s", woven.settings, plain.settings)
	}
	p.compareLines(t)
}

// files are the program's own module files.
func (p *madeUp) files(t *testing.T) (text string) {
	for _, name := range []string{"go.mod", "go.sum", "go.work", "go.work.sum", "service/go.mod", "service/go.sum", "library/go.mod"} {
		if bytes, err := os.ReadFile(filepath.Join(p.directory, name)); err == nil {
			text += "== " + name + "\n" + string(bytes)
		}
	}
	return text
}

// compareLines compares the go and toolchain lines of what go is shown in the
// place of the program's go.mod or go.work with the program's.
func (p *madeUp) compareLines(t *testing.T) {
	name := "go.mod"
	if p.workspace {
		name = "go.work"
	}
	want := goLines(t, filepath.Join(p.directory, name))
	_, cache, _ := strings.Cut(p.environment[4], "=")
	shown, err := filepath.Glob(filepath.Join(cache, "modules", "*", name))
	if err != nil || len(shown) == 0 && p.deps == "" {
		t.Fatalf("no %s of otel's in %s (%v)", name, cache, err)
	}
	for _, file := range shown {
		if got := goLines(t, file); got != want {
			t.Errorf("%s says %q, that of the program %q", file, got, want)
		}
	}
}

func goLines(t *testing.T, file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(regexp.MustCompile(`(?m)^(?:go|toolchain|godebug) .*$`).FindAllString(string(text), -1), "; ")
}

// build is what a binary tells of itself.
type build struct {
	modules  map[string]string // path to version, or to what stands in its place
	vendored map[string]bool   // that otel has replaced by their vendored directories
	settings string
}

// linked is what a build with -n would give to the linker. Otel has a vendored
// module replaced by its directory, of which only go knows at that point.
func linked(t *testing.T, output string) build {
	quoted := regexp.MustCompile(`(?m)^modinfo (".*")$`).FindStringSubmatch(output)
	if quoted == nil {
		t.Fatalf("nothing is linked:\n%s", output)
	}
	text, err := strconv.Unquote(quoted[1])
	if err != nil {
		t.Fatal(err)
	}
	b := build{modules: map[string]string{}, vendored: map[string]bool{}}
	last := ""
	for _, line := range strings.Split(text, "\n") {
		fields := strings.Split(line, "\t")
		switch fields[0] {
		case "dep":
			last = fields[1]
			b.modules[last] = fields[2]
		case "=>":
			if fields[1] == "./vendor/"+last {
				b.vendored[last] = true
			} else {
				b.modules[last] = strings.TrimPrefix(fields[1], "./") + " " + fields[2]
			}
		case "build":
			if !strings.HasPrefix(fields[1], "-gcflags=") {
				b.settings += fields[1] + "\n"
			}
		}
	}
	return b
}

func imports(paths []string) (text string) {
	for _, path := range paths {
		text += fmt.Sprintf("\nimport _ %q", path)
	}
	return text + "\n"
}

func write(t *testing.T, file, text string) {
	err := os.MkdirAll(filepath.Dir(file), 0o777)
	if err == nil {
		err = os.WriteFile(file, []byte(text), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (p *madeUp) run(t *testing.T, directory, name string, words ...string) string {
	return run(t, directory, p.environment, name, words...)
}

func (p *madeUp) try(directory, name string, words ...string) (string, error) {
	command := exec.Command(name, words...)
	command.Dir = directory
	command.Env = append(os.Environ(), p.environment...)
	output, err := command.CombinedOutput()
	return string(output), err
}

func run(t *testing.T, directory string, environment []string, name string, words ...string) string {
	t.Helper()
	p := madeUp{environment: environment}
	output, err := p.try(directory, name, words...)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(words, " "), err, output)
	}
	return output
}
