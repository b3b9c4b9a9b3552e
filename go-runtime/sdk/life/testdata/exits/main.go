// SPDX-License-Identifier: Apache-2.0

// The program of the package's tests: ends in the way that its first argument
// names. FLUSH is how its flush behaves. "ready" on stdout says that a signal
// may be sent.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"otel.runtime/sdk/life"
)

func flush(ctx context.Context) error {
	switch how := os.Getenv("FLUSH"); how {
	case "hang":
		select {}
	case "panic":
		panic("no exporter")
	default:
		ms, _ := strconv.Atoi(how)
		time.Sleep(time.Duration(ms) * time.Millisecond)
	}
	fmt.Fprintln(os.Stderr, "flushed")
	return nil
}

func init() { life.Start(flush) }

type stringer struct{ do func() string }

func (s stringer) String() string { return s.do() }

func ready() { fmt.Println("ready") }

func main() {
	signals := make(chan os.Signal, 1)
	switch os.Args[1] {
	case "return":
	case "exit 3":
		os.Exit(3)
	case "exit of two goroutines":
		go os.Exit(3)
		os.Exit(3)
	case "log.Fatal":
		log.SetFlags(0)
		log.Fatal("the end")
	case "panic":
		panic("boom")
	case "panic with an error":
		panic(fmt.Errorf("wrapped: %w", errors.New("boom")))
	case "panic with a stringer":
		panic(stringer{func() string { return "text" }})
	case "panic while printing":
		panic(stringer{func() string { panic("inner") }})
	case "panic again":
		defer func() { panic(recover()) }()
		panic("boom")
	case "panic while panicking":
		defer func() { panic("second") }()
		panic("first")
	case "panic of a goroutine":
		go func() { panic("boom") }()
		select {}
	case "nil dereference":
		var p *int
		fmt.Println(*p)
	case "recovered":
		func() {
			defer func() { _ = recover() }()
			panic("boom")
		}()
	case "Goexit of main":
		go func() {
			time.Sleep(50 * time.Millisecond)
			os.Exit(4)
		}()
		runtime.Goexit()
	case "exec":
		_ = syscall.Exec("/bin/sh", []string{"sh", "-c", "echo replaced; exit 6"}, os.Environ())
	case "exec that fails":
		fmt.Println(syscall.Exec("/nowhere", []string{"nowhere"}, nil))
	case "child":
		out, err := exec.Command("/bin/sh", "-c", "echo child; exit 5").Output()
		fmt.Println(string(out), err)
	case "close stderr":
		syscall.Close(2)
		file, err := os.CreateTemp("", "exits")
		if err != nil {
			os.Exit(98)
		}
		os.Remove(file.Name())
		defer func() {
			size, _ := file.Seek(0, 2)
			fmt.Println(file.Fd(), size)
		}()
	case "wait":
		ready()
		time.Sleep(10 * time.Second)
	case "drain":
		signal.Notify(signals, syscall.SIGTERM)
		ready()
		<-signals
		time.Sleep(300 * time.Millisecond)
		fmt.Println("drained")
		os.Exit(7)
	case "stop and drain":
		signal.Notify(signals, syscall.SIGTERM)
		ready()
		<-signals
		signal.Stop(signals)
		time.Sleep(300 * time.Millisecond)
		fmt.Println("drained")
		os.Exit(7)
	case "exit at a signal":
		signal.Notify(signals, syscall.SIGTERM)
		ready()
		<-signals
		os.Exit(7)
	case "handle all":
		signal.Notify(signals)
		ready()
		for sig := range signals {
			if sig == syscall.SIGTERM {
				fmt.Println("drained")
				return
			}
		}
	case "notify context":
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		ready()
		<-ctx.Done()
		stop()
		fmt.Println("again")
		time.Sleep(10 * time.Second)
	case "reset":
		signal.Notify(signals, syscall.SIGTERM)
		signal.Reset(syscall.SIGTERM)
		ready()
		time.Sleep(10 * time.Second)
	case "stop":
		signal.Notify(signals, syscall.SIGTERM)
		signal.Stop(signals)
		ready()
		time.Sleep(10 * time.Second)
	case "ignore":
		signal.Ignore(syscall.SIGTERM)
		ready()
		time.Sleep(500 * time.Millisecond)
		fmt.Println("alive", signal.Ignored(syscall.SIGTERM))
	case "ignore, notify and stop":
		signal.Ignore(syscall.SIGTERM)
		signal.Notify(signals, syscall.SIGTERM)
		signal.Stop(signals)
		ready()
		time.Sleep(10 * time.Second)
	case "kill itself at a signal":
		signal.Notify(signals, syscall.SIGTERM)
		ready()
		<-signals
		signal.Reset(syscall.SIGTERM)
		_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
		time.Sleep(10 * time.Second)
	default:
		os.Exit(99)
	}
}
