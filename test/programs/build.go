// SPDX-License-Identifier: Apache-2.0

package programs

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libraries/libtest"
)

// source is a program's module, downloaded and copied to where it can be written. If
// the environment names no build cache, it has one of its own, which goes with it:
// each program's has gigabytes.
type source struct {
	program Program
	folder  string
	env     []string
}

func fetch(t *testing.T, p Program) *source {
	t.Helper()
	// Of this process, as libtest asks go for what is in the cache.
	if os.Getenv("GOCACHE") == "" {
		t.Setenv("GOCACHE", t.TempDir())
	}
	if p.Toolchain != "" {
		t.Setenv("GOTOOLCHAIN", p.Toolchain)
	}
	s := &source{program: p, folder: t.TempDir(), env: append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")}
	var of struct{ Dir, Error string }
	download := exec.Command("go", "mod", "download", "-json", p.Module+"@"+p.Version)
	download.Dir, download.Env = s.folder, s.env
	out, err := download.Output()
	if jsonErr := json.Unmarshal(out, &of); jsonErr != nil || err != nil || of.Error != "" {
		t.Fatalf("go mod download %s@%s: %v %s", p.Module, p.Version, err, of.Error)
	}
	err = filepath.WalkDir(of.Dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(s.folder, strings.TrimPrefix(path, of.Dir))
		if entry.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range p.Write {
		to := filepath.Join(s.folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o777), os.WriteFile(to, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	s.leaveSiblings(t)
	for _, require := range p.Requires {
		s.run(t, "go", "mod", "edit", "-require="+require)
	}
	if p.Main != "none" {
		s.run(t, "go", "list", "-deps", s.main()) // completes go.mod, and says so
	}
	return s
}

// leaveSiblings takes the directories out of go.mod that other modules of the same
// repository are replaced by: of these there is what was published.
func (s *source) leaveSiblings(t *testing.T) {
	t.Helper()
	var file struct {
		Replace []struct {
			Old struct{ Path, Version string }
			New struct{ Path, Version string }
		}
	}
	out, _ := s.run(t, "go", "mod", "edit", "-json")
	if err := json.Unmarshal([]byte(out), &file); err != nil {
		t.Fatal(err)
	}
	for _, r := range file.Replace {
		if _, err := os.Stat(filepath.Join(s.folder, r.New.Path)); r.New.Version != "" || err == nil {
			continue
		}
		old := r.Old.Path
		if r.Old.Version != "" {
			old += "@" + r.Old.Version
		}
		s.run(t, "go", "mod", "edit", "-dropreplace="+old)
	}
}

func (s *source) main() string {
	if s.program.Main == "" {
		return "."
	}
	return s.program.Main
}

// run runs a command in the module's folder; what it writes to stdout, and all.
func (s *source) run(t *testing.T, command string, args ...string) (out, all string) {
	t.Helper()
	cmd := exec.Command(command, args...)
	cmd.Dir, cmd.Env = s.folder, s.env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", command, strings.Join(args, " "), err, stdout.String(), stderr.String())
	}
	return stdout.String(), stderr.String()
}

// built is an executable, with the action IDs of the packages that it is made of.
type built struct {
	executable string
	ids        map[string]string
	said       string // but for go's own "go: downloading …"
}

func (s *source) build(t *testing.T, name string, words ...string) built {
	t.Helper()
	b := built{filepath.Join(s.folder, "otel-test-"+name), map[string]string{}, ""}
	graph := filepath.Join(t.TempDir(), "actions.json")
	args := append(words[1:], "-debug-actiongraph="+graph, "-o", b.executable, s.main())
	_, said := s.run(t, words[0], args...)
	for _, line := range strings.SplitAfter(said, "\n") {
		if !strings.HasPrefix(line, "go: downloading ") {
			b.said += line
		}
	}
	text, err := os.ReadFile(graph)
	if err != nil {
		t.Fatal(err)
	}
	var actions []struct{ Mode, Package, ActionID string }
	if err := json.Unmarshal(text, &actions); err != nil {
		t.Fatal(err)
	}
	for _, a := range actions {
		if a.Mode == "build" {
			b.ids[a.Package] = a.ActionID
		}
	}
	return b
}

// rebuilt is what a woven build compiles after a plain one.
type rebuilt struct {
	packages int      // of the plain build
	added    int      // what only the woven build has
	woven    int      // of packages of the plain build
	others   int      // which import those, and package main
	neither  []string // what is compiled anew for no such reason
}

func (s *source) compare(t *testing.T, plain, woven built) rebuilt {
	t.Helper()
	rules, _ := s.run(t, libtest.Otel(t), "version", "-m", woven.executable)
	isWoven := map[string]bool{}
	for _, line := range strings.Split(rules, "\n") {
		// A line is "rule", its name, the package and the package's release.
		if fields := strings.Split(strings.TrimSpace(line), "\t"); len(fields) >= 3 && fields[0] == "rule" {
			isWoven[fields[2]], isWoven[fields[2]+" "+fields[1]] = true, true
		}
	}
	mayDiffer := map[string]bool{}
	list, _ := s.run(t, "go", "list", "-deps", "-f", `{{.ImportPath}} {{.Name}} {{join .Imports " "}}`, s.main())
	for _, line := range strings.Split(list, "\n") {
		words := strings.Fields(line)
		if len(words) > 1 {
			mayDiffer[words[0]] = words[1] == "main" || slices.ContainsFunc(words[2:], func(path string) bool { return isWoven[path] })
		}
	}
	libtest.ShowsTheSame(t, isWoven, plain.ids, woven.ids)
	r := rebuilt{packages: len(plain.ids)}
	for path, id := range woven.ids {
		before, had := plain.ids[path]
		switch {
		case !had:
			r.added++
		case before == id:
		case isWoven[path]:
			r.woven++
		case mayDiffer[path]:
			r.others++
		default:
			r.neither = append(r.neither, path)
		}
	}
	slices.Sort(r.neither)
	if len(isWoven) == 0 || r.packages == 0 {
		t.Errorf("%d packages, %d of them woven", r.packages, len(isWoven))
	}
	return r
}

// files are the names and contents of the module's go.mod, go.sum and go.work.
func (s *source) files(t *testing.T) string {
	t.Helper()
	all := ""
	for _, name := range []string{"go.mod", "go.sum", "go.work", "go.work.sum"} {
		text, err := os.ReadFile(filepath.Join(s.folder, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		all += name + "\n" + string(text)
	}
	return all
}
