// SPDX-License-Identifier: Apache-2.0

//go:build unix

package life_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"otel.runtime/internal/weavetest"
)

// end is how a run of the test program ended.
type end struct {
	status         string // "exit status 3", "signal: terminated"
	stdout, stderr string
	took           time.Duration
}

// signals are sent one after the other, each when the program says that it is
// ready or after the pause.
func runProgram(t *testing.T, program, way, flush string, signals ...syscall.Signal) end {
	t.Helper()
	return runCommand(t, exec.Command(program, way), flush, signals...)
}

func runCommand(t *testing.T, cmd *exec.Cmd, flush string, signals ...syscall.Signal) end {
	t.Helper()
	cmd.Env = append(os.Environ(), "FLUSH="+flush, "OTEL_GO_FLUSH_TIMEOUT=2s", "GOTRACEBACK=single")
	var stderr, stdout strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	var from time.Time
	if len(signals) > 0 {
		if line, err := lines.ReadString('\n'); line != "ready\n" {
			t.Fatalf("%q, %v", line, err)
		}
	}
	from = time.Now()
	for i, sig := range signals {
		if i > 0 {
			time.Sleep(200 * time.Millisecond)
		}
		if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := io.Copy(&stdout, lines); err != nil {
		t.Fatal(err)
	}
	status := "exit status 0"
	if err := cmd.Wait(); err != nil {
		status = err.Error()
	}
	return end{status, stdout.String(), stderr.String(), time.Since(from)}
}

var (
	numbers   = regexp.MustCompile(`(goroutine |m=)\d+ `)
	addresses = regexp.MustCompile(`0x[0-9a-f]+`)
)

// panicText is what is printed up to the end of the panicking goroutine's
// stack, but for what may differ between builds. (The runtime lists the other
// goroutines too if a String method panics.)
func panicText(stderr string) string {
	blocks := strings.Split(numbers.ReplaceAllString(addresses.ReplaceAllString(stderr, "0x"), "$1"), "\n\n")
	for i, block := range blocks {
		if strings.HasPrefix(block, "goroutine ") {
			blocks = blocks[:i+1]
			break
		}
	}
	return strings.TrimRight(strings.Join(blocks, "\n\n"), "\n")
}

// exits is the test program.
func exits(t *testing.T, toolchain string) *weavetest.Program {
	t.Helper()
	return weavetest.NewProgram(t, toolchain, "testdata/exits")
}

func TestWaysOutOfAWovenProgram(t *testing.T) {
	const term, hangup, interrupt = syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT
	weavetest.Toolchains(t, func(t *testing.T, toolchain string) {
		program := exits(t, toolchain)
		plain, woven := program.Plain(t), program.Woven(t)
		for _, test := range []struct {
			way     string
			signals []syscall.Signal
			flushes int
		}{
			{"return", nil, 1},
			{"exit 3", nil, 1},
			{"exit of two goroutines", nil, 1},
			{"log.Fatal", nil, 1},
			{"panic", nil, 1},
			{"panic with an error", nil, 1},
			{"panic with a stringer", nil, 1},
			{"panic while printing", nil, 1},
			{"panic again", nil, 1},
			{"panic while panicking", nil, 1},
			{"panic of a goroutine", nil, 1},
			{"nil dereference", nil, 1},
			{"recovered", nil, 1},
			{"Goexit of main", nil, 1},
			{"exec", nil, 1},
			{"exec that fails", nil, 2},
			{"child", nil, 1},
			{"wait", []syscall.Signal{term}, 1},
			{"wait", []syscall.Signal{hangup}, 1},
			{"wait", []syscall.Signal{interrupt}, 1},
			{"drain", []syscall.Signal{term}, 2},
			{"stop and drain", []syscall.Signal{term}, 2},
			{"exit at a signal", []syscall.Signal{term}, 2},
			{"handle all", []syscall.Signal{hangup, term}, 3},
			{"handle all", []syscall.Signal{hangup, interrupt, term}, 4},
			{"notify context", []syscall.Signal{term, term}, 2},
			{"reset", []syscall.Signal{term}, 1},
			{"stop", []syscall.Signal{term}, 1},
			{"ignore", []syscall.Signal{term}, 1},
			{"ignore, notify and stop", []syscall.Signal{term}, 1},
			{"kill itself at a signal", []syscall.Signal{term}, 2},
		} {
			test := test
			t.Run(test.way+fmt.Sprint(test.signals), func(t *testing.T) {
				want := runProgram(t, plain, test.way, "20", test.signals...)
				got := runProgram(t, woven, test.way, "20", test.signals...)
				flushes := strings.Count(got.stderr, "flushed\n")
				got.stderr = strings.ReplaceAll(got.stderr, "flushed\n", "")
				if got.status != want.status {
					t.Errorf("%s, in a plain build %s", got.status, want.status)
				}
				if got.stdout != want.stdout {
					t.Errorf("stdout %q, in a plain build %q", got.stdout, want.stdout)
				}
				if a, b := panicText(got.stderr), panicText(want.stderr); a != b {
					t.Errorf("stderr:\n%s\nin a plain build:\n%s", a, b)
				}
				// A flush begun at a signal may be overtaken by the exit.
				if flushes < 1 || flushes > test.flushes {
					t.Errorf("%d flushes, want up to %d", flushes, test.flushes)
				}
			})
		}
	})
}

func TestSecondSignalKillsAtOnce(t *testing.T) {
	weavetest.Toolchains(t, func(t *testing.T, toolchain string) {
		woven := exits(t, toolchain).Woven(t)
		for _, test := range []struct{ way, status string }{
			{"wait", "signal: interrupt"},
			{"exit at a signal", "exit status 7"},
		} {
			signals := []syscall.Signal{syscall.SIGINT, syscall.SIGINT}
			if test.way != "wait" {
				signals = []syscall.Signal{syscall.SIGTERM, syscall.SIGTERM}
			}
			got := runProgram(t, woven, test.way, "1500", signals...)
			if got.status != test.status || got.took > time.Second || strings.Contains(got.stderr, "flushed") {
				t.Errorf("%s: %+v", test.way, got)
			}
		}
	})
}

func TestIgnoredSignalsStayIgnored(t *testing.T) {
	weavetest.Toolchains(t, func(t *testing.T, toolchain string) {
		woven := exits(t, toolchain).Woven(t)
		cmd := exec.Command("sh", "-c", `trap "" INT HUP; exec "$0" wait`, woven)
		got := runCommand(t, cmd, "0", syscall.SIGINT, syscall.SIGHUP, syscall.SIGTERM)
		if got.status != "signal: terminated" || got.took < 400*time.Millisecond {
			t.Errorf("%+v", got)
		}
	})
}

func TestFlushIsBoundedAndContained(t *testing.T) {
	weavetest.Toolchains(t, func(t *testing.T, toolchain string) {
		woven := exits(t, toolchain).Woven(t)
		for _, way := range []struct {
			name, status string
			signals      []syscall.Signal
		}{
			{"exit 3", "exit status 3", nil},
			{"panic", "exit status 2", nil},
			{"wait", "signal: terminated", []syscall.Signal{syscall.SIGTERM}},
		} {
			if got := runProgram(t, woven, way.name, "hang", way.signals...); got.status != way.status || got.took < 1900*time.Millisecond || got.took > 4*time.Second {
				t.Errorf("%s, flush hangs: %+v", way.name, got)
			}
			got := runProgram(t, woven, way.name, "panic", way.signals...)
			if got.status != way.status || strings.Count(got.stderr, "otel: flushing telemetry panicked (no exporter)\n") != 1 {
				t.Errorf("%s, flush panics: %+v", way.name, got)
			}
		}
	})
}

// What a program has opened in the place of its stderr gets nothing of ours.
func TestStderrThatIsClosedStaysTheProgramsOwn(t *testing.T) {
	weavetest.Toolchains(t, func(t *testing.T, toolchain string) {
		program := exits(t, toolchain)
		got := runProgram(t, program.Woven(t), "close stderr", "panic")
		if want := runProgram(t, program.Plain(t), "close stderr", "panic"); got.status != want.status || got.stdout != want.stdout || got.stdout != "2 0\n" {
			t.Errorf("%+v, in a plain build %+v", got, want)
		}
	})
}
