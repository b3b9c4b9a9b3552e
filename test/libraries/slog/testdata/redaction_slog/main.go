// SPDX-License-Identifier: Apache-2.0

// The ways in which programs keep values out of their logs. Each record's message
// says what its exported record must be.
package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"
)

const secret = "planted-secret-4711"

func mask(_ []string, a slog.Attr) slog.Attr {
	if a.Key == "password" || strings.Contains(a.Value.String(), secret) {
		a.Value = slog.StringValue("***")
	}
	return a
}

// removing gives a handler records without what is secret.
type removing struct{ slog.Handler }

func (h removing) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, strings.ReplaceAll(r.Message, secret, "***"), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		if a.Key != "password" {
			clean.AddAttrs(a)
		}
		return true
	})
	return h.Handler.Handle(ctx, clean)
}

func (h removing) WithAttrs(attrs []slog.Attr) slog.Handler {
	var kept []slog.Attr
	for _, a := range attrs {
		if a.Key != "password" {
			kept = append(kept, a)
		}
	}
	return removing{h.Handler.WithAttrs(kept)}
}

func (h removing) WithGroup(name string) slog.Handler { return removing{h.Handler.WithGroup(name)} }

// dropping prints one record of two.
type dropping struct {
	slog.Handler
	n *int
}

func (h dropping) Handle(ctx context.Context, r slog.Record) error {
	if *h.n++; *h.n%2 == 0 {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

// both prints twice.
type both struct {
	slog.Handler
	second slog.Handler
}

func (h both) Handle(ctx context.Context, r slog.Record) error {
	h.Handler.Handle(ctx, r)
	return h.second.Handle(ctx, r)
}

// own prints lines of its own.
type own struct{}

func (own) Enabled(context.Context, slog.Level) bool { return true }
func (own) WithAttrs([]slog.Attr) slog.Handler       { return own{} }
func (own) WithGroup(string) slog.Handler            { return own{} }
func (own) Handle(_ context.Context, r slog.Record) error {
	_, err := fmt.Println("own:", r.Message)
	return err
}

// later prints on another goroutine.
type later struct {
	slog.Handler
	queue chan slog.Record
}

func (h later) Handle(_ context.Context, r slog.Record) error {
	h.queue <- r.Clone()
	return nil
}

type maskingWriter struct{}

func (maskingWriter) Write(line []byte) (int, error) {
	return os.Stdout.Write(bytes.ReplaceAll(line, []byte(secret), []byte("***")))
}

type token string

func (token) LogValue() slog.Value { return slog.StringValue("***") }

func main() {
	options := &slog.HandlerOptions{ReplaceAttr: mask}
	text, json := slog.NewTextHandler(os.Stdout, options), slog.NewJSONHandler(os.Stdout, options)
	for _, h := range []slog.Handler{text, json} {
		slog.New(h).Info("replaced", "password", secret, "n", 1, "b", true)
		slog.New(h.WithAttrs([]slog.Attr{slog.String("tenant", "blue"), slog.String("password", secret)})).Info("handler's own", "n", 1)
		slog.New(h.WithGroup("g").WithAttrs([]slog.Attr{slog.String("x", secret)})).With("y", secret).Info("in a group", "n", 1, slog.Group("h", "z", secret))
		slog.New(h).Info(secret, "k", "message replaced")
	}
	plain := slog.NewJSONHandler(os.Stdout, nil)
	slog.New(removing{plain}).With("password", secret, "a", 1).Info("removed", "password", secret, "b", 2)
	slog.New(removing{plain}).Info("message " + secret)
	n := 0
	for i := range 4 {
		slog.New(dropping{plain, &n}).Info("dropped", "i", i)
	}
	slog.New(both{text, plain}).Info("printed twice", "n", 1)
	slog.New(both{text, plain}).Info("printed twice, once masked", "password", secret, "n", 1)
	slog.New(own{}).Info("of its own", "password", secret)
	slog.New(slog.NewTextHandler(maskingWriter{}, nil)).Info("masked by the writer", "x", secret)
	var buffer bytes.Buffer
	slog.New(slog.NewTextHandler(&buffer, nil)).Info("into a buffer", "x", secret)
	slog.New(plain).Info("valuer", "x", token(secret))
	slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{Level: slog.LevelWarn})).Info("below the level", "x", secret)
	queue := later{text, make(chan slog.Record, 1)}
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		text.Handle(context.Background(), <-queue.queue)
	}()
	slog.New(queue).Info("later", "password", secret, "n", 1)
	group.Wait()
	slog.Info("the default handler", "n", 1)
	time.Sleep(1100 * time.Millisecond)
}
