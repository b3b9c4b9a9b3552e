// SPDX-License-Identifier: Apache-2.0

package programs

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"libraries/libtest"
)

// Programs that nobody here wrote do woven what they do plain, are made of the same
// versions, and export what makes sense. OTEL_UPDATE_GOLDEN writes their figures to
// docs/programs.md.
func TestPrograms(t *testing.T) {
	if !libtest.Full() {
		return
	}
	all, err := read("programs.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		t.Run(p.Name, func(t *testing.T) {
			s, f := fetch(t, p), figures{}
			if p.Main != "none" {
				s.compareBuilds(t, &f)
			}
			if len(p.Tests) > 0 {
				s.compareTests(t, &f)
			}
			if os.Getenv("OTEL_UPDATE_GOLDEN") != "" && !t.Failed() {
				record(t, p, f)
			}
			t.Logf("%s", f.row(p))
		})
	}
}

func (s *source) compareBuilds(t *testing.T, f *figures) {
	p := s.program
	plain := s.build(t, "plain", "go", "build")
	before := s.files(t)
	woven := s.build(t, "woven", libtest.Otel(t), "go", "build")
	if s.files(t) != before {
		t.Error("go.mod or go.sum has changed")
	}
	if woven.said != plain.said {
		t.Errorf("the woven build says\n%s", woven.said)
	}
	libtest.SameModules(t, plain.executable, woven.executable)
	if settings(t, plain.executable) != settings(t, woven.executable) {
		t.Errorf("build settings differ:\n%s", libtest.Difference(settings(t, plain.executable), settings(t, woven.executable)))
	}
	f.rebuilt, f.plain, f.woven = s.compare(t, plain, woven), size(t, plain.executable), size(t, woven.executable)
	defer s.measure(t, f)
	if len(f.rebuilt.neither) > 0 {
		t.Logf("compiled anew, though neither woven nor importing what is: %s", strings.Join(f.rebuilt.neither, " "))
	}

	quiet := []string{"OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none"}
	for _, args := range p.Says {
		if a, b := says(t, plain.executable, nil, args), says(t, woven.executable, quiet, args); a != b {
			t.Errorf("%v prints:\n%s", args, libtest.Difference(a, b))
		}
	}
	if len(p.Runs) > 0 {
		e, env := collect(t)
		if a, b := p.runs(t, plain.executable, nil), p.runs(t, woven.executable, env); a != b {
			t.Errorf("the commands print:\n%s", libtest.Difference(a, b))
		}
		f.spans += e.check(t, p)
	}
	if p.Serve != nil {
		e, env := collect(t)
		if a, b := p.serve(t, plain.executable, nil), p.serve(t, woven.executable, env); a != b {
			t.Errorf("the server does:\n%s", libtest.Difference(a, b))
		}
		f.spans += e.check(t, p)
	}
}

func (s *source) compareTests(t *testing.T, f *figures) {
	packages := s.program.Tests
	otel := libtest.Otel(t)
	plain, woven := s.test(t, packages, "go"), s.test(t, packages, otel, "go")
	f.passed, f.failing = plain.count("pass"), plain.count("fail")
	if f.passed == 0 {
		t.Error("no test passes in the plain build")
	}
	differ := differing(plain, woven)
	if len(differ) == 0 {
		return
	}
	// Some tests of other people's fail now and then; those that fail because they are woven do so again, and alone.
	again := packagesOf(differ)
	plainAgain, wovenAgain := s.test(t, again, "go"), s.test(t, again, otel, "go")
	for _, test := range differing(plainAgain, wovenAgain) {
		if plain[test] == plainAgain[test] && woven[test] == wovenAgain[test] {
			t.Errorf("%s: %q in the plain build, %q in the woven one", test, plain[test], woven[test])
		}
	}
}

// settings are those of a build that the program can see, but for our own.
func settings(t *testing.T, executable string) (all string) {
	out, err := exec.Command("go", "version", "-m", executable).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(out), "\n") {
		fields := strings.Fields(line)
		if len(fields) == 2 && fields[0] == "build" && !strings.HasPrefix(fields[1], "-gcflags=") && !strings.HasPrefix(fields[1], "-trimpath") {
			all += fields[1] + "\n"
		}
	}
	return all
}

func size(t *testing.T, executable string) int64 {
	of, err := os.Stat(executable)
	if err != nil {
		t.Fatal(err)
	}
	return of.Size()
}
