// SPDX-License-Identifier: Apache-2.0

// Package view is `otel view`: a receiver of traces, metrics and logs with a page
// that shows them. Everything is kept in memory, within limits, and nothing is
// written or sent anywhere. It uses the standard library alone, is no part of
// instrumented programs, and is built by otel when it is first used.
package view

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"otel.runtime/view/receiver"
)

// Exit statuses of the command.
const (
	exitOK      = 0
	exitTrouble = 1
	exitUsage   = 2
)

const usage = `usage: otel view [flags]

Receives traces, metrics and logs over OTLP (gRPC, http/protobuf, http/json) and shows them in a browser, until Ctrl-C.
Point programs at it with OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317, which is the default of most of them.
Everything is kept in memory; the oldest goes when there is too much.

`

// commandLine is what the command is asked to do.
type commandLine struct {
	listen     string
	port       int
	grpc, http string
	open       bool
	limits     Limits
}

func parse(args []string, stdout io.Writer) (commandLine, error) {
	c := commandLine{limits: DefaultLimits()}
	flags := flag.NewFlagSet("otel view", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // its words are told by Run
	flags.StringVar(&c.listen, "listen", "127.0.0.1", "`host` to listen at; anything but loopback lets other machines in")
	flags.IntVar(&c.port, "port", 14317, "`port` of the page; 0 for any")
	flags.StringVar(&c.grpc, "grpc", "", "`address` for OTLP over gRPC (default port 4317 of --listen)")
	flags.StringVar(&c.http, "http", "", "`address` for OTLP over HTTP (default port 4318 of --listen)")
	flags.BoolVar(&c.open, "open", false, "open the page in the browser")
	flags.IntVar(&c.limits.Spans, "max-spans", c.limits.Spans, "keep at most `n` spans")
	flags.IntVar(&c.limits.Logs, "max-logs", c.limits.Logs, "keep at most `n` log records")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		flags.VisitAll(func(f *flag.Flag) { fmt.Fprint(stdout, describe(f)) })
		return c, err
	case err != nil:
		return c, errors.New(strings.NewReplacer("flag provided but not defined: -", "unknown flag --", "for flag -", "for flag --").Replace(err.Error()))
	case flags.NArg() > 0:
		return c, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case c.limits.Spans < 1 || c.limits.Logs < 1:
		return c, errors.New("--max-spans and --max-logs are at least 1")
	case c.port < 0 || c.port > 65535:
		return c, fmt.Errorf("--port: %d is no port", c.port)
	}
	if c.grpc == "" {
		c.grpc = net.JoinHostPort(c.listen, "4317")
	}
	if c.http == "" {
		c.http = net.JoinHostPort(c.listen, "4318")
	}
	return c, nil
}

// describe is a flag's line of the help.
func describe(f *flag.Flag) string {
	value, text := flag.UnquoteUsage(f)
	if f.DefValue != "" && f.DefValue != "false" {
		text += fmt.Sprintf(" (default %s)", f.DefValue)
	}
	return fmt.Sprintf("  %-19s %s\n", "--"+f.Name+" "+value, text)
}

// Run is the command: it serves until ctx ends, and returns the exit status.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c, err := parse(args, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(stderr, "otel view: %v; run \"otel view --help\"\n", err)
		return exitUsage
	}
	if err := c.run(ctx, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "otel view:", err)
		return exitTrouble
	}
	return exitOK
}

func (c commandLine) run(ctx context.Context, stdout, stderr io.Writer) error {
	store := NewStore(c.limits)
	otlp, err := listen("--grpc or --http", store.Signals().Handler(), c.grpc, c.http)
	if err != nil {
		return err
	}
	defer otlp.Close()
	streams, end := context.WithCancel(ctx)
	pages := Handler(streams, store)
	if isLoopback(c.listen) {
		pages = onlyLocalNames(pages)
	}
	page, err := listen("--port", pages, net.JoinHostPort(c.listen, strconv.Itoa(c.port)))
	if err != nil {
		end()
		return err
	}
	defer page.Close()
	defer end()

	url := "http://" + page.Address(0) + "/"
	fmt.Fprintf(stdout, "otel view: %s receives OTLP at %s (gRPC) and %s (HTTP)\n", url, otlp.Address(0), otlp.Address(1))
	for _, address := range []string{page.Address(0), otlp.Address(0), otlp.Address(1)} {
		if host, _, _ := net.SplitHostPort(address); !isLoopback(host) {
			fmt.Fprintln(stderr, "otel view: warning: other machines can reach", address)
		}
	}
	if c.open {
		if err := openBrowser(url); err != nil {
			fmt.Fprintln(stderr, "otel view: warning: no browser was opened:", err)
		}
	}
	<-ctx.Done()
	return nil
}

// listen says which flag chooses another address where one is taken.
func listen(flags string, handler http.Handler, addresses ...string) (*receiver.Server, error) {
	server, err := receiver.Listen(handler, addresses...)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%w; end what listens there, or choose another address with %s", err, flags)
	}
	return server, err
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func openBrowser(url string) error {
	program := "xdg-open"
	if runtime.GOOS == "darwin" {
		program = "open"
	}
	command := exec.Command(program, url)
	if err := command.Start(); err != nil {
		return err
	}
	go command.Wait()
	return nil
}
