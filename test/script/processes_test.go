// SPDX-License-Identifier: Apache-2.0

package script

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// patience is how long a story waits for anything.
const patience = 60 * time.Second

// A process that a story started; it is killed, by its group, when the story ends.
type process struct {
	command *exec.Cmd
	done    chan struct{} // closed when it ended
}

type processes map[string]*process

var running = map[*testscript.TestScript]processes{}
var runningLock = make(chan struct{}, 1)

func processesOf(ts *testscript.TestScript) processes {
	runningLock <- struct{}{}
	defer func() { <-runningLock }()
	found := running[ts]
	if found == nil {
		found = processes{}
		running[ts] = found
		ts.Defer(func() {
			for _, process := range found {
				syscall.Kill(-process.command.Process.Pid, syscall.SIGKILL)
				<-process.done
			}
			runningLock <- struct{}{}
			delete(running, ts)
			<-runningLock
		})
	}
	return found
}

func newCommand(ts *testscript.TestScript, words []string) *exec.Cmd {
	program := words[0]
	if !strings.Contains(program, "/") {
		for _, directory := range filepath.SplitList(ts.Getenv("PATH")) {
			path := filepath.Join(directory, program)
			if info, err := os.Stat(path); err == nil && info.Mode()&0o111 != 0 {
				program = path
				break
			}
		}
	}
	command := exec.Command(program, words[1:]...)
	command.Dir = ts.MkAbs(".")
	command.Env = environment(ts)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return command
}

// environment is the story's, which testscript shows only to its own exec.
func environment(ts *testscript.TestScript) []string {
	path := filepath.Join(ts.Getenv("WORK"), ".environment")
	shell, err := exec.LookPath("sh")
	ts.Check(err)
	ts.Check(ts.Exec(shell, "-c", `/usr/bin/env -0 >"$1"`, shell, path))
	values, err := os.ReadFile(path)
	ts.Check(err)
	return strings.Split(strings.TrimSuffix(string(values), "\x00"), "\x00")
}

// start NAME WORD…: runs a command in the background with its output in NAME.stdout and NAME.stderr.
func start(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) > 1, "start NAME WORD…")
	all := processesOf(ts)
	if old := all[args[0]]; old != nil {
		select {
		case <-old.done:
		default:
			ts.Fatalf("%s is still running", args[0])
		}
	}
	command := newCommand(ts, args[1:])
	stdout, err := os.Create(ts.MkAbs(args[0] + ".stdout"))
	ts.Check(err)
	defer stdout.Close()
	stderr, err := os.Create(ts.MkAbs(args[0] + ".stderr"))
	ts.Check(err)
	defer stderr.Close()
	command.Stdout, command.Stderr = stdout, stderr
	ts.Check(command.Start())
	started := &process{command, make(chan struct{})}
	all[args[0]] = started
	go func() {
		command.Wait()
		close(started.done)
	}()
}

// status WORD…: runs a command and prints how it ended, then its stderr. (! exec tells only that it failed.)
func status(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) > 0, "status WORD…")
	command := newCommand(ts, args)
	var stderr strings.Builder
	command.Stderr = &stderr
	command.Run()
	fmt.Fprintf(ts.Stdout(), "%s\n%s", command.ProcessState, stderr.String())
}

func find(ts *testscript.TestScript, name string) *process {
	found := processesOf(ts)[name]
	if found == nil {
		ts.Fatalf("nothing was started as %s", name)
	}
	return found
}

// signal NAME SIGNAL [group]: sends TERM, INT or KILL to the process alone; with "group" to all processes of its group, as a
// terminal does.
func sendSignal(ts *testscript.TestScript, neg bool, args []string) {
	group := len(args) == 3 && args[2] == "group"
	usage(ts, neg, len(args) == 2 || group, "signal NAME TERM|INT|KILL [group]")
	number, known := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "KILL": syscall.SIGKILL}[args[1]]
	if !known {
		ts.Fatalf("unknown signal %s", args[1])
	}
	process := find(ts, args[0])
	select {
	case <-process.done:
		ts.Fatalf("%s has ended: %v", args[0], process.command.ProcessState)
	default:
	}
	pid := process.command.Process.Pid
	if group {
		pid = -pid
	}
	ts.Check(syscall.Kill(pid, number))
}

// ended NAME HOW: the process ends, and HOW is what Go says of it: "exit status 3", "signal: terminated".
func ended(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "ended NAME HOW")
	process := find(ts, args[0])
	select {
	case <-process.done:
	case <-time.After(patience):
		ts.Fatalf("%s doesn't end", args[0])
	}
	if how := process.command.ProcessState.String(); how != args[1] {
		stderr, _ := os.ReadFile(ts.MkAbs(args[0] + ".stderr"))
		ts.Fatalf("%s ended with %q, not %q\n%s", args[0], how, args[1], stderr)
	}
}

// await FILE PATTERN [NAME]: the file comes to have text that matches; NAME becomes the variable with the first group.
func await(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2 || len(args) == 3, "await FILE PATTERN [NAME]")
	pattern, err := regexp.Compile("(?m)" + args[1])
	ts.Check(err)
	path := ts.MkAbs(args[0])
	var bytes []byte
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		bytes, _ = os.ReadFile(path)
		found := pattern.FindSubmatch(bytes)
		if found == nil {
			continue
		}
		if len(args) == 3 {
			ts.Setenv(args[2], string(found[1]))
		}
		return
	}
	ts.Fatalf("%s never has %s; it has:\n%s", args[0], args[1], bytes)
}

// port NAME…: each variable becomes a port of 127.0.0.1 that is free now, for programs that can't choose one themselves.
func port(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) > 0, "port NAME…")
	for _, name := range args {
		// Open until all are chosen, so that they differ.
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		ts.Check(err)
		defer listener.Close()
		ts.Setenv(name, strconv.Itoa(listener.Addr().(*net.TCPAddr).Port))
	}
}

// listening PORT: somebody comes to listen there, on 127.0.0.1.
func listening(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "listening PORT")
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if connection, err := net.Dial("tcp", "127.0.0.1:"+args[0]); err == nil {
			connection.Close()
			return
		}
	}
	ts.Fatalf("nobody listens on port %s", args[0])
}

// request URL [HEADER=VALUE]…: what a GET answers, "200 OK" and the body. One attempt; any status is an answer.
func request(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) >= 1, "request URL [HEADER=VALUE]…")
	asked, err := http.NewRequest("GET", args[0], nil)
	ts.Check(err)
	for _, header := range args[1:] {
		name, value, _ := strings.Cut(header, "=")
		asked.Header.Set(name, value)
	}
	client := http.Client{Timeout: patience}
	response, err := client.Do(asked)
	ts.Check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	fmt.Fprintf(ts.Stdout(), "%s\n%s\n", response.Status, body)
	client.CloseIdleConnections()
}

// obeying WORD…: runs a command for which the modes of files hold even if the tests run as root.
func obeying(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 {
		ts.Fatalf("usage: obeying WORD…")
	}
	if os.Getuid() == 0 {
		if runtime.GOOS != "linux" {
			ts.Fatalf("run the tests as an ordinary user")
		}
		drop := "-dac_override,-dac_read_search,-fowner"
		args = append([]string{"setpriv", "--bounding-set", drop, "--inh-caps", drop}, args...)
	}
	err := ts.Exec(args[0], args[1:]...)
	if neg && err == nil {
		ts.Fatalf("unexpected success")
	}
	if !neg {
		ts.Check(err)
	}
}
