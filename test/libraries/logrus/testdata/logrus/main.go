// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"

	"github.com/sirupsen/logrus"
)

// keeping is a hook, which sees the entry as the program has made it.
type keeping struct{}

func (keeping) Levels() []logrus.Level { return logrus.AllLevels }
func (keeping) Fire(e *logrus.Entry) error {
	fmt.Println("hook:", e.Message, len(e.Data), "fields")
	return nil
}

func main() {
	text, json := logrus.New(), logrus.New()
	text.Out, json.Out = os.Stdout, os.Stdout
	text.Formatter = &logrus.TextFormatter{DisableColors: true, DisableTimestamp: true}
	json.Formatter = &logrus.JSONFormatter{DisableTimestamp: true}
	json.AddHook(keeping{})
	text.Info("outside of a span")
	var ctx context.Context
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		ctx = r.Context()
		for _, logger := range []*logrus.Logger{text, json} {
			logger.Info("none")
			logger.WithField("n", 1).Warn("fields")
			logger.WithField("trace_id", "mine").Info("own")
			logger.WithError(&os.PathError{Op: "open", Path: "a", Err: os.ErrNotExist}).Error("failed")
			logger.WithContext(nil).Info("nil context")
			logger.Printf("%s", "formatted")
		}
	}))
	defer server.Close()
	if _, err := http.Get(server.URL); err != nil {
		fmt.Println(err)
	}
	text.WithContext(ctx).Info("context")
	edges(ctx)
}

// refusing takes nothing.
type refusing struct{}

func (refusing) Write([]byte) (int, error) { return 0, errors.New("refused") }

func edges(ctx context.Context) {
	quiet := logrus.New()
	stderr := os.Stderr
	os.Stderr = nil // logrus tells there of what is refused, each release in other words
	quiet.Out = refusing{}
	quiet.WithContext(ctx).Info("refused")
	os.Stderr = stderr
	quiet.Out = io.Discard
	quiet.WithContext(ctx).Info(strings.Repeat("x", 1<<20))
	func() {
		defer func() { fmt.Println("recovered", recover().(*logrus.Entry).Data) }()
		quiet.WithContext(ctx).WithField("a", "b").Panic("out of cheese")
	}()
	given := quiet.WithContext(ctx).WithField("a", "b")
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			given.WithField("c", "d").Info("at once")
		}()
	}
	group.Wait()
}
