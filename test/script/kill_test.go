// SPDX-License-Identifier: Apache-2.0

package script

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strconv"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// kill_after DURATION WORD…: runs a command and sends SIGKILL to its whole group after that time; it must not have
// ended by then.
func killAfter(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) > 1, "kill_after DURATION WORD…")
	wait, err := time.ParseDuration(args[0])
	ts.Check(err)
	command := newCommand(ts, args[1:])
	if !killed(ts, command, wait) {
		ts.Fatalf("%s ended within %s: %v", args[1], wait, command.ProcessState)
	}
}

// killed starts a command and sends SIGKILL to its group after a time, unless it has ended by itself.
func killed(ts *testscript.TestScript, command *exec.Cmd, wait time.Duration) bool {
	ts.Check(command.Start())
	done := make(chan error, 1)
	go func() { done <- command.Wait() }()
	select {
	case <-done:
		return false
	case <-time.After(wait):
	}
	syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
	<-done
	return true
}

// kill_at_random COUNT SEED CHECK WORD…: runs the command until COUNT runs of it have been ended by SIGKILL to its group,
// each at a moment of the time that it takes. "sh CHECK" follows each run and must succeed. The seed gives the moments,
// as parts of that time.
func killAtRandom(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) > 3, "kill_at_random COUNT SEED CHECK WORD…")
	count, err := strconv.Atoi(args[0])
	ts.Check(err)
	seed, err := strconv.ParseUint(args[1], 10, 64)
	ts.Check(err)
	random := rand.New(rand.NewPCG(seed, 0))
	check := func() {
		command := newCommand(ts, []string{"sh", args[2]})
		command.Stdout, command.Stderr = nil, nil
		if output, err := command.CombinedOutput(); err != nil {
			ts.Fatalf("%s: %v\n%s", args[2], err, output)
		}
	}
	check()
	longest := patience
	for run, done := 1, 0; done < count; run++ {
		if run > 5*count {
			ts.Fatalf("the command ends too soon to be killed %d times", count)
		}
		part := random.Float64()
		if run == 1 {
			part = 1 // to see how long it takes
		}
		wait := time.Duration(part * float64(longest))
		start, how := time.Now(), "killed"
		if killed(ts, newCommand(ts, args[3:]), wait) {
			done++
		} else {
			// The machine's other work may have made it seem longer.
			longest, how = min(longest, time.Since(start)), "had ended"
		}
		fmt.Fprintf(ts.Stdout(), "seed %d, run %d: %s after %s of %s\n", seed, run, how, wait, longest)
		check()
	}
}
