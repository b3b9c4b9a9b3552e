// Command hot serves requests, to itself, each of which computes somewhere else; then
// it takes a profile of its own. With the argument replace, it has a shell take its place;
// with rate, it sets how many allocations are recorded.
package main

import (
	"bytes"
	"context"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"syscall"
	"time"

	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
)

var sink uint64

// burn computes until the process has used so much CPU time: tests must not depend
// on how much of it they get.
//
//go:noinline
func burn(most time.Duration) {
	h := fnv.New64a()
	for until := used() + most; used() < until; {
		for i := 0; i < 1000; i++ {
			h.Write([]byte{byte(i)})
		}
	}
	sink += h.Sum64()
}

func used() time.Duration {
	var of syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &of); err != nil {
		panic(err)
	}
	return time.Duration(of.Utime.Nano() + of.Stime.Nano())
}

const enough = 300 * time.Millisecond

//go:noinline
func inHandler() { burn(enough) }

//go:noinline
func inGoroutine() { burn(enough) }

//go:noinline
func inDefer() { burn(enough) }

//go:noinline
func inPool() { burn(enough) }

//go:noinline
func labelled() { burn(enough) }

//go:noinline
func ownProfile() { burn(enough) }

//go:noinline
func outlived() { burn(enough) }

// inSystemCall spends CPU time in the kernel.
//
//go:noinline
func inSystemCall() {
	fd, err := syscall.Open("/dev/zero", syscall.O_RDONLY, 0)
	if err != nil {
		panic(err)
	}
	defer syscall.Close(fd)
	buffer := make([]byte, 1<<20)
	for until := used() + enough; used() < until; {
		for i := 0; i < 100; i++ {
			if _, err := syscall.Read(fd, buffer); err != nil && err != syscall.EINTR {
				panic(err)
			}
		}
	}
}

//go:noinline
func afterwards() { burn(enough) }

var kept [][]byte

//go:noinline
func allocate() {
	for i := 0; i < 64; i++ {
		kept = append(kept, make([]byte, 1<<20))
	}
}

// contend has goroutines wait for a lock, and waits for them.
//
//go:noinline
func contend() {
	var lock sync.Mutex
	var all sync.WaitGroup
	for n := 0; n < 4; n++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := 0; i < 100; i++ {
				lock.Lock()
				time.Sleep(time.Millisecond / 4)
				lock.Unlock()
			}
		}()
	}
	all.Wait()
}

//go:noinline
func wait(forever chan bool) { <-forever }

//go:noinline
func afterFailure() { burn(enough) }

// replace has a shell take the program's place, at the second attempt. The shell uses
// CPU time.
func replace() {
	burn(enough)
	if err := syscall.Exec("/nowhere", []string{"nowhere"}, nil); err != syscall.ENOENT {
		panic(err)
	}
	time.Sleep(2 * time.Second)
	afterFailure()
	err := syscall.Exec("/bin/sh", []string{"sh", "-c", `i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo replaced`}, os.Environ())
	panic(err)
}

func main() {
	switch {
	case len(os.Args) == 1:
	case os.Args[1] == "rate":
		runtime.MemProfileRate = 256 << 10
		time.Sleep(time.Second)
		return
	default:
		replace()
	}
	var after sync.WaitGroup
	tasks := make(chan func())
	go func() { // a worker that was born outside of any request
		for task := range tasks {
			task()
		}
	}()
	mux := http.NewServeMux()
	mux.HandleFunc("/handler/", func(http.ResponseWriter, *http.Request) { inHandler() })
	mux.HandleFunc("/goroutine", func(http.ResponseWriter, *http.Request) {
		done := make(chan bool)
		go func() { inGoroutine(); close(done) }()
		<-done
	})
	mux.HandleFunc("/defer", func(http.ResponseWriter, *http.Request) { defer inDefer() })
	mux.HandleFunc("/pool", func(http.ResponseWriter, *http.Request) {
		done := make(chan bool)
		tasks <- func() { inPool(); close(done) }
		<-done
	})
	mux.HandleFunc("/labelled", func(_ http.ResponseWriter, r *http.Request) {
		pprof.Do(r.Context(), pprof.Labels("customer", "ann"), func(context.Context) { labelled() })
	})
	mux.HandleFunc("/outlived", func(http.ResponseWriter, *http.Request) {
		after.Add(1)
		go func() { defer after.Done(); time.Sleep(50 * time.Millisecond); outlived() }()
	})
	mux.HandleFunc("/system-call", func(_ http.ResponseWriter, r *http.Request) {
		// A span ends on another goroutine than it began on.
		of := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}})
		node := current.PushContext(trace.ContextWithSpanContext(r.Context(), of))
		done := make(chan bool)
		go func() { node.End(); close(done) }()
		<-done
		inSystemCall()
	})
	mux.HandleFunc("/afterwards", func(http.ResponseWriter, *http.Request) { afterwards() })
	mux.HandleFunc("/allocate", func(http.ResponseWriter, *http.Request) { allocate() })
	server := httptest.NewServer(mux)
	get := func(path string) {
		if answer, err := http.Get(server.URL + path); err != nil || answer.StatusCode != 200 {
			panic(fmt.Sprint(path, answer, err))
		}
	}
	for _, path := range []string{"/handler/7", "/goroutine", "/defer", "/pool", "/labelled", "/system-call"} {
		get(path)
	}
	get("/outlived")
	after.Wait()
	get("/allocate")
	contend()

	// The program's own profile, as in a plain build.
	var own bytes.Buffer
	if err := pprof.StartCPUProfile(&own); err != nil {
		panic(err)
	}
	ownProfile()
	pprof.StopCPUProfile()
	if name := os.Getenv("OWN_PROFILE"); name != "" {
		if err := os.WriteFile(name, own.Bytes(), 0o666); err != nil {
			panic(err)
		}
	}
	time.Sleep(2 * time.Second) // ours goes on
	get("/afterwards")
	forever := make(chan bool)
	for n := 0; n < 100; n++ {
		go wait(forever)
	}
	time.Sleep(50 * time.Millisecond)
	fmt.Println("done")
}
