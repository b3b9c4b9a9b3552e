// SPDX-License-Identifier: Apache-2.0

package programs

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"libraries/libtest"
)

// pairs is how often a plain and a woven build are measured, one after the other.
const pairs = 5

// took is how long a build takes, and for how long it and what it runs compute,
// which what else the machine does disturbs less.
type took struct{ wall, cpu time.Duration }

func (t took) least(of took) took { return took{min(t.wall, of.wall), min(t.cpu, of.cpu)} }

// times are the shortest of some plain builds and of as many woven ones.
type times struct{ plain, woven took }

func (t times) String() string {
	return fmt.Sprintf("%.2f, %.2f (%.2f s)", t.woven.wall.Seconds()/t.plain.wall.Seconds(), t.woven.cpu.Seconds()/t.plain.cpu.Seconds(),
		t.plain.wall.Seconds())
}

// measure builds again what is built already, with nothing changed and with
// another body of function main. These are figures, not assertions: they depend on
// what else the machine does.
func (s *source) measure(t *testing.T, f *figures) {
	t.Helper()
	file, text := s.mainFunction(t)
	f.unchanged = s.times(t, func(int) {})
	f.edited = s.times(t, func(pair int) {
		body := fmt.Sprintf("func main() { if recover() != nil { println(%d) };", pair)
		if err := os.WriteFile(file, []byte(strings.Replace(text, "func main() {", body, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// mainFunction is the file that has function main, and its text.
func (s *source) mainFunction(t *testing.T) (file, text string) {
	t.Helper()
	list, _ := s.run(t, "go", "list", "-f", `{{range .GoFiles}}{{$.Dir}}/{{.}}{{"\n"}}{{end}}`, s.main())
	for file := range strings.FieldsSeq(list) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc main() {") {
			return file, string(text)
		}
	}
	t.Fatalf("no file of %s has func main", s.main())
	return "", ""
}

// times measures pairs of builds, before each of which prepare is called. What the
// first pair finds is left out: it builds what the next ones have.
func (s *source) times(t *testing.T, prepare func(pair int)) (least times) {
	t.Helper()
	for pair := range pairs + 1 {
		prepare(pair)
		plain := s.timed(t, "plain", "go", "build")
		woven := s.timed(t, "woven", libtest.Otel(t), "go", "build")
		switch {
		case pair == 0:
		case pair == 1:
			least = times{plain, woven}
		default:
			least = times{least.plain.least(plain), least.woven.least(woven)}
		}
	}
	return least
}

func (s *source) timed(t *testing.T, name string, words ...string) took {
	t.Helper()
	cmd := exec.Command(words[0], append(words[1:], "-o", filepath.Join(s.folder, "otel-test-"+name), s.main())...)
	cmd.Dir, cmd.Env = s.folder, s.env
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(words, " "), err, out)
	}
	return took{time.Since(start), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
}
