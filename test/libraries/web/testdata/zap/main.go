// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"

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
		json.Info("own", zap.String("trace_id", "mine"))
		json.With(zap.String("trace_id", "mine")).Info("own, with")
		done := make(chan bool)
		go func() {
			json.Error("in a goroutine")
			done <- true
		}()
		<-done
	}))
	defer server.Close()
	if _, err := http.Get(server.URL); err != nil {
		fmt.Println(err)
	}
}

type output struct{}

func (output) Write(line []byte) (int, error) { return fmt.Print(string(line)) }
