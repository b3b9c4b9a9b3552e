// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
)

// adding is a handler that adds a trace_id by itself, as many programs have it.
type adding struct{ slog.Handler }

func (h adding) Handle(ctx context.Context, r slog.Record) error {
	r.AddAttrs(slog.String("trace_id", "mine"))
	return h.Handler.Handle(ctx, r)
}

func main() {
	options := &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 {
			return slog.Attr{}
		}
		return a
	}}
	text, json := slog.New(slog.NewTextHandler(os.Stdout, options)), slog.New(slog.NewJSONHandler(os.Stdout, options))
	log.SetFlags(0)
	log.SetOutput(os.Stdout)
	slog.Info("outside of a span")
	var ctx context.Context
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		ctx = r.Context()
		slog.Info("default handler", "n", 1)
		for _, logger := range []*slog.Logger{text, json} {
			logger.Info("none")
			logger.Info("attributes", "n", 1, slog.Group("g", "a", 2))
			logger.LogAttrs(r.Context(), slog.LevelWarn, "LogAttrs", slog.Int("n", 1))
			logger.With("a", "b").Info("With")
			logger.WithGroup("g").Info("WithGroup", "n", 1)
			logger.With("a", "b").WithGroup("g").With("c", "d").WithGroup("h").Info("groups", "n", 1)
			logger.WithGroup("g").Info("empty group")
			logger.Error("failed", "err", &os.PathError{Op: "open", Path: "a", Err: os.ErrNotExist})
			logger.InfoContext(nil, "nil context", slog.Attr{}, slog.Any("nil", nil))
			logger.Info("own", "trace_id", "mine")
			logger.With("trace_id", "mine").Info("own, With")
			slog.New(adding{logger.Handler()}).Info("own, handler")
			slog.New(adding{logger.WithGroup("g").Handler()}).Info("own, handler in a group")
		}
	}))
	defer server.Close()
	if _, err := http.Get(server.URL); err != nil {
		fmt.Println(err)
	}
	json.InfoContext(ctx, "context")
	edges(ctx)
}

// refusing takes nothing.
type refusing struct{}

func (refusing) Write([]byte) (int, error) { return 0, errors.New("refused") }

func edges(ctx context.Context) {
	slog.New(slog.NewTextHandler(refusing{}, nil)).InfoContext(ctx, "refused")
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	quiet.InfoContext(ctx, strings.Repeat("x", 1<<20))
	if os.Getenv("COUNT") != "" {
		fmt.Println("With allocates", testing.AllocsPerRun(1000, func() { quiet.With("a", "b").WithGroup("g") }))
	}
	given := quiet.With("a", "b")
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			given.With("c", "d").WithGroup("g").InfoContext(ctx, "at once", "n", 1)
		}()
	}
	group.Wait()
}
