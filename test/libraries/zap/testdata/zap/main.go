// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func main() {
	print := func(encoder func(zapcore.EncoderConfig) zapcore.Encoder) *zap.Logger {
		config := zapcore.EncoderConfig{MessageKey: "msg", LevelKey: "level", EncodeLevel: zapcore.LowercaseLevelEncoder}
		return zap.New(zapcore.NewCore(encoder(config), zapcore.AddSync(output{}), zap.DebugLevel))
	}
	json, console := print(zapcore.NewJSONEncoder), print(zapcore.NewConsoleEncoder)
	json.Info("outside of a span")
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		json.Info("fields", zap.Int("n", 1))
		console.Info("fields", zap.Int("n", 1))
		json.Info("none")
		json.Sugar().Infow("sugar", "n", 2)
		json.With(zap.String("a", "b")).Warn("with")
		json.Info("namespace", zap.Namespace("inner"), zap.Int("n", 3))
		json.With(zap.Int("n", 4)).With(zap.Namespace("inner")).Info("with namespace", zap.Int("m", 5))
		json.With(zap.String("a", "b")).Named("named").Error("failed", zap.Error(&os.PathError{Op: "open", Path: "a", Err: os.ErrNotExist}))
		json.Info("own", zap.String("trace_id", "mine"))
		json.With(zap.String("trace_id", "mine")).Info("own, with")
		done := make(chan bool)
		go func() {
			json.Error("in a goroutine")
			done <- true
		}()
		<-done
		edges()
	}))
	defer server.Close()
	if _, err := http.Get(server.URL); err != nil {
		fmt.Println(err)
	}
}

// refusing takes nothing.
type refusing struct{}

func (refusing) Write([]byte) (int, error) { return 0, errors.New("refused") }

func edges() {
	to := func(w io.Writer) *zap.Logger {
		encoder := zapcore.NewJSONEncoder(zapcore.EncoderConfig{MessageKey: "msg"})
		return zap.New(zapcore.NewCore(encoder, zapcore.AddSync(w), zap.DebugLevel), zap.ErrorOutput(zapcore.AddSync(io.Discard)))
	}
	to(refusing{}).Info("refused")
	quiet := to(io.Discard)
	quiet.Info(strings.Repeat("x", 1<<20))
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		quiet.Panic("out of cheese")
	}()
	if os.Getenv("COUNT") != "" {
		fmt.Println("With allocates", testing.AllocsPerRun(1000, func() { quiet.With(zap.String("a", "b")) }))
	}
	given := quiet.With(zap.String("a", "b"))
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			given.With(zap.String("c", "d")).Info("at once", zap.Int("n", 1))
		}()
	}
	group.Wait()
}

type output struct{}

func (output) Write(line []byte) (int, error) { return fmt.Print(string(line)) }
