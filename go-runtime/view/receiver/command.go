// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Exit statuses of the command.
const (
	exitOK      = 0
	exitTrouble = 1
	exitUsage   = 2
	exitTimeout = 3 // fewer spans than --exit-after-spans when --timeout was over
)

// commandLine is what the command is asked to do.
type commandLine struct {
	grpc, http string
	json       bool
	out        string
	ready      string
	spans      int
	timeout    time.Duration
}

func parse(args []string, stderr io.Writer) (commandLine, error) {
	var c commandLine
	flags := flag.NewFlagSet("otel-receiver", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&c.grpc, "grpc", "127.0.0.1:4317", "listen on `address` (gRPC and http/protobuf)")
	flags.StringVar(&c.http, "http", "127.0.0.1:4318", "listen on `address` too (gRPC and http/protobuf)")
	flags.BoolVar(&c.json, "json", false, "write a line of JSON per span instead of trees")
	flags.StringVar(&c.out, "out", "", "write to `file` instead of stdout")
	flags.StringVar(&c.ready, "ready", "", "write the chosen addresses to `file` when listening")
	flags.IntVar(&c.spans, "exit-after-spans", 0, "end after so many spans")
	flags.DurationVar(&c.timeout, "timeout", 0, "end after this time, with status 3 if spans are missing")
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	if flags.NArg() > 0 {
		err := fmt.Errorf("unexpected argument %q", flags.Arg(0))
		fmt.Fprintln(stderr, "otel-receiver:", err)
		return c, err
	}
	return c, nil
}

// sink is where received spans go.
type sink interface {
	Take([]Span)
	Close() error
}

// Run is the command otel-receiver: it serves until ctx ends, and returns the
// exit status.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if err != nil {
		return exitUsage
	}
	status, err := c.run(ctx, stdout)
	if err != nil {
		fmt.Fprintln(stderr, "otel-receiver:", err)
		return exitTrouble
	}
	return status
}

func (c commandLine) run(ctx context.Context, stdout io.Writer) (status int, err error) {
	out := stdout
	if c.out != "" {
		file, failed := os.Create(c.out)
		if failed != nil {
			return 0, failed
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		out = file
	}
	var to sink = NewTrees(out)
	if c.json {
		to = NewLines(out)
	}
	enough := newCounter(c.spans)
	server, err := Listen(Handler(func(spans []Span) { to.Take(spans); enough.add(len(spans)) }), c.grpc, c.http)
	if err != nil {
		return 0, err
	}
	if c.ready != "" {
		err = writeReady(c.ready, fmt.Sprintf("grpc=%s\nhttp=%s\n", server.Address(0), server.Address(1)))
	}
	if err == nil {
		status = c.wait(ctx, enough.reached)
	}
	return status, errors.Join(err, server.Close(), to.Close())
}

// wait returns the exit status that the end of waiting means.
func (c commandLine) wait(ctx context.Context, enough <-chan struct{}) int {
	var over <-chan time.Time
	if c.timeout > 0 {
		timer := time.NewTimer(c.timeout)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-enough:
	case <-ctx.Done():
	case <-over:
		if c.spans > 0 {
			return exitTimeout
		}
	}
	return exitOK
}

// writeReady lets a reader see the file complete or not at all.
func writeReady(file, content string) error {
	part, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	_, err = part.WriteString(content)
	err = errors.Join(err, part.Close())
	if err == nil {
		err = os.Rename(part.Name(), file)
	}
	if err != nil {
		os.Remove(part.Name())
	}
	return err
}

// counter closes reached once as many spans have come as are wanted; never if
// that is 0.
type counter struct {
	reached chan struct{}

	mu   sync.Mutex
	left int
}

func newCounter(wanted int) *counter { return &counter{reached: make(chan struct{}), left: wanted} }

func (c *counter) add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left <= 0 {
		return
	}
	if c.left -= n; c.left <= 0 {
		close(c.reached)
	}
}
