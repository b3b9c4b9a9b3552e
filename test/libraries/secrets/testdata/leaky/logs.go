// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"log"
	"log/slog"
	"os"
	"strings"

	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"go.uber.org/zap/buffer"
	"go.uber.org/zap/zapcore"
)

// loggers are of a program that keeps the secret out of what it prints.
func loggers(ctx context.Context) {
	failure := errors.New("postgres://u:" + secret + "@h/x: refused")

	masked := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if strings.Contains(a.Value.String(), secret) {
			return slog.String(a.Key, "***")
		}
		return a
	}}))
	masked.With("password", secret).ErrorContext(ctx, "login", "token", secret, slog.Group("g", "x", secret), "err", failure)

	core := zapcore.NewCore(masking{zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig())}, zapcore.AddSync(os.Stdout), zap.DebugLevel)
	zap.New(core).With(zap.String("password", secret)).Error("login "+secret, zap.Error(failure), zap.String("token", secret))

	l := logrus.New()
	l.SetOutput(os.Stdout)
	l.SetFormatter(formatter{&logrus.JSONFormatter{DisableHTMLEscape: true}})
	l.WithError(failure).WithField("password", secret).Error("login " + secret)

	z := zerolog.New(maskWriter{})
	z.Error().Err(failure).Str("password", secret).Msg("login " + secret)
	z = zerolog.New(zerolog.ConsoleWriter{Out: os.Stdout, FieldsExclude: []string{"password"}})
	z.Error().Str("password", secret).Msg("login")

	log.SetOutput(os.Stdout)
	log.Print("login ", strings.Repeat("*", 3))
}

func mask(line []byte) []byte {
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(secret)
	line = bytes.ReplaceAll(line, []byte(quoted), []byte("***"))
	return bytes.ReplaceAll(line, []byte(secret), []byte("***"))
}

// maskWriter prints lines masked.
type maskWriter struct{}

func (maskWriter) Write(line []byte) (int, error) {
	_, err := os.Stdout.Write(mask(line))
	return len(line), err
}

// masking is an encoder that masks what another encodes.
type masking struct{ zapcore.Encoder }

func (m masking) Clone() zapcore.Encoder { return masking{m.Encoder.Clone()} }

func (m masking) EncodeEntry(entry zapcore.Entry, fields []zapcore.Field) (*buffer.Buffer, error) {
	b, err := m.Encoder.EncodeEntry(entry, fields)
	clean := mask(b.Bytes())
	b.Reset()
	b.Write(clean)
	return b, err
}

// formatter masks what another formats.
type formatter struct{ logrus.Formatter }

func (f formatter) Format(entry *logrus.Entry) ([]byte, error) {
	line, err := f.Formatter.Format(entry)
	return mask(line), err
}
