// SPDX-License-Identifier: Apache-2.0

// Program shop has jobs that run each second, a job that panics among them, and is itself
// within a span while it starts them.
package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/robfig/cron/v3"
)

var server = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))

type stock struct{ counted chan string }

// Run asks a server, within the run's trace.
func (s *stock) Run() {
	answer, err := http.Get(server.URL)
	if err != nil {
		panic(err)
	}
	answer.Body.Close()
	s.counted <- "counted"
}

func broken() { panic("planted-secret-free panic") }

//otel:span start
func start(c *cron.Cron) { c.Start() }

func main() {
	quiet := cron.PrintfLogger(log.New(io.Discard, "", 0))
	c := cron.New(cron.WithSeconds(), cron.WithChain(cron.Recover(quiet), cron.SkipIfStillRunning(quiet)))
	job := &stock{make(chan string)}
	counts, err := c.AddJob("* * * * * *", job)
	if err != nil {
		panic(err)
	}
	fmt.Println("the program's own:", c.Entry(counts).Job == cron.Job(job))
	start(c)
	fmt.Println(<-job.counted)
	c.Remove(counts)
	<-c.Stop().Done()
	fails, err := c.AddJob("@yearly", cron.NewChain(cron.SkipIfStillRunning(quiet)).Then(cron.FuncJob(broken)))
	if err != nil {
		panic(err)
	}
	c.Entry(fails).WrappedJob.Run()
	server.Close()
	fmt.Println("done")
}
