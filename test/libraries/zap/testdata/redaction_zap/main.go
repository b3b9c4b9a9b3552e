// SPDX-License-Identifier: Apache-2.0

// The ways in which programs keep values out of zap's logs.
package main

import (
	"bytes"
	"os"
	"strings"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/buffer"
	"go.uber.org/zap/zapcore"
)

const secret = "planted-secret-4711"

// masking gives a core fields without what is secret.
type masking struct{ zapcore.Core }

func masked(fields []zapcore.Field) []zapcore.Field {
	var kept []zapcore.Field
	for _, f := range fields {
		if f.Key == "password" {
			f = zap.String("password", "***")
		}
		kept = append(kept, f)
	}
	return kept
}

func (c masking) With(fields []zapcore.Field) zapcore.Core {
	return masking{c.Core.With(masked(fields))}
}
func (c masking) Check(e zapcore.Entry, ce *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	return ce.AddCore(e, c)
}
func (c masking) Write(e zapcore.Entry, fields []zapcore.Field) error {
	e.Message = strings.ReplaceAll(e.Message, secret, "***")
	return c.Core.Write(e, masked(fields))
}

// encoder masks what another has encoded.
type encoder struct{ zapcore.Encoder }

func (e encoder) Clone() zapcore.Encoder { return encoder{e.Encoder.Clone()} }
func (e encoder) EncodeEntry(entry zapcore.Entry, fields []zapcore.Field) (*buffer.Buffer, error) {
	b, err := e.Encoder.EncodeEntry(entry, fields)
	clean := bytes.ReplaceAll(b.Bytes(), []byte(secret), []byte("***"))
	b.Reset()
	b.Write(clean)
	return b, err
}

// own prints nothing that is known.
type own struct{ zapcore.LevelEnabler }

func (c own) With([]zapcore.Field) zapcore.Core { return c }
func (c own) Check(e zapcore.Entry, ce *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	return ce.AddCore(e, c)
}
func (own) Write(e zapcore.Entry, _ []zapcore.Field) error {
	_, err := os.Stdout.WriteString("own: " + e.Message + "\n")
	return err
}
func (own) Sync() error { return nil }

func main() {
	config := zapcore.EncoderConfig{MessageKey: "msg", LevelKey: "level", EncodeLevel: zapcore.LowercaseLevelEncoder}
	json := zapcore.NewCore(zapcore.NewJSONEncoder(config), zapcore.Lock(os.Stdout), zap.DebugLevel)
	console := zapcore.NewCore(zapcore.NewConsoleEncoder(config), zapcore.AddSync(os.Stdout), zap.DebugLevel)
	zap.New(json).Info("plain", zap.Int("n", 1), zap.Bool("b", true))
	zap.New(console).With(zap.String("a", "b")).Info("plain, console", zap.Int("n", 1))
	zap.New(masking{json}).With(zap.String("password", secret), zap.Int("m", 1)).Info("masked "+secret, zap.String("password", secret))
	zap.New(masking{console}).With(zap.String("password", secret)).Info("masked, console", zap.String("password", secret))
	zap.New(zapcore.NewCore(encoder{zapcore.NewJSONEncoder(config)}, os.Stdout, zap.DebugLevel)).Info("encoder", zap.String("x", secret))
	zap.New(zapcore.NewCore(encoder{zapcore.NewConsoleEncoder(config)}, os.Stdout, zap.DebugLevel)).Info("console encoder", zap.String("x", secret))
	zap.New(zapcore.NewTee(masking{json}, console)).Info("tee, once masked", zap.String("password", secret), zap.Int("n", 1))
	zap.New(zapcore.NewTee(json, console)).Info("tee", zap.Int("n", 1))
	zap.New(own{zap.DebugLevel}).Info("of its own", zap.String("x", secret))
	sampled := zap.New(zapcore.NewSamplerWithOptions(json, time.Minute, 2, 100))
	for i := 0; i < 5; i++ {
		sampled.Info("sampled", zap.Int("i", i))
	}
	zap.New(json, zap.Hooks(func(zapcore.Entry) error { return nil })).Info("hooks", zap.Int("n", 1))
	zap.New(zapcore.NewNopCore()).Info("nothing", zap.String("x", secret))
	withoutMessage := config
	withoutMessage.MessageKey = ""
	zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(withoutMessage), os.Stdout, zap.DebugLevel)).Info(secret, zap.String("k", "no message"))
	zap.New(json).With(zap.Int("n", 1), zap.Namespace("ns")).Info("namespace", zap.Int("m", 2))
	time.Sleep(1100 * time.Millisecond)
}
