// SPDX-License-Identifier: Apache-2.0

package script

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"github.com/rogpeppe/go-internal/testscript"
)

func init() {
	commands["terminal"] = terminal
	commands["press"] = press
	commands["screen"] = screen
}

// keyboards are the terminals of a story's processes, by name.
var keyboards = map[*testscript.TestScript]map[string]*os.File{}

// openTerminal opens a pseudo-terminal: what is written to the keyboard is typed, what it reads is shown.
func openTerminal() (keyboard, tty *os.File, err error) {
	keyboard, err = os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	var number, unlocked int32
	for request, value := range map[uintptr]*int32{syscall.TIOCSPTLCK: &unlocked, syscall.TIOCGPTN: &number} {
		_, _, failed := syscall.Syscall(syscall.SYS_IOCTL, keyboard.Fd(), request, uintptr(unsafe.Pointer(value)))
		if failed != 0 {
			return nil, nil, failed
		}
	}
	tty, err = os.OpenFile("/dev/pts/"+strconv.Itoa(int(number)), os.O_RDWR|syscall.O_NOCTTY, 0)
	return keyboard, tty, err
}

// terminal NAME WORD…: starts a command, as start does, on a terminal of its own of 80 columns; what it shows goes to
// NAME.shown as it comes.
func terminal(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) > 1, "terminal NAME WORD…")
	command := newCommand(ts, args[1:])
	keyboard, tty, err := openTerminal()
	ts.Check(err)
	defer tty.Close()
	shown, err := os.Create(ts.MkAbs(args[0] + ".shown"))
	ts.Check(err)
	size := [4]uint16{24, 80}
	syscall.Syscall(syscall.SYS_IOCTL, tty.Fd(), syscall.TIOCSWINSZ, uintptr(unsafe.Pointer(&size)))
	command.Stdin, command.Stdout, command.Stderr = tty, tty, tty
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	ts.Check(command.Start())
	started := &process{command, make(chan struct{})}
	processesOf(ts)[args[0]] = started
	runningLock <- struct{}{}
	if keyboards[ts] == nil {
		keyboards[ts] = map[string]*os.File{}
	}
	keyboards[ts][args[0]] = keyboard
	<-runningLock
	go func() {
		read := make(chan struct{})
		go func() {
			io.Copy(shown, keyboard) // ends by EIO when nobody has the terminal open any more
			close(read)
		}()
		command.Wait()
		<-read
		shown.Close()
		close(started.done)
	}()
}

// press NAME KEYS: types on the terminal of a command; KEYS as in a Go string.
func press(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "press NAME KEYS")
	keys, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	runningLock <- struct{}{}
	keyboard := keyboards[ts][args[0]]
	<-runningLock
	_, err = io.WriteString(keyboard, keys)
	ts.Check(err)
}

var control = regexp.MustCompile(`\x1b\[([0-9;]*)([A-Za-z])`)

// screen FILE: prints what a terminal shows in the end that was sent the file: carriage returns go to the beginning of
// the line, what is written there replaces what was there, ESC[K erases the rest, ESC[…m only colours.
func screen(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "screen FILE")
	var lines []string
	line, column := []rune{}, 0
	text := ts.ReadFile(args[0])
	for len(text) > 0 {
		if found := control.FindStringSubmatch(text); found != nil && strings.HasPrefix(text, found[0]) {
			switch found[2] {
			case "K":
				line = line[:min(column, len(line))]
			case "m":
			default:
				ts.Fatalf("screen: unknown %q", found[0])
			}
			text = text[len(found[0]):]
			continue
		}
		char := []rune(text)[0]
		text = text[len(string(char)):]
		switch char {
		case '\r':
			column = 0
		case '\n':
			lines, line = append(lines, string(line)), nil
		default:
			for len(line) <= column {
				line = append(line, ' ')
			}
			line[column] = char
			column++
		}
	}
	for _, shown := range append(lines, string(line)) {
		fmt.Fprintln(ts.Stdout(), strings.TrimRight(shown, " "))
	}
}
