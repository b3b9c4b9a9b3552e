// SPDX-License-Identifier: Apache-2.0

// What newer releases of zerolog have for keeping values out of its logs, and for
// records of slog.
package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/rs/zerolog"
	"go.opentelemetry.io/otel"
)

const secret = "planted-secret-4711"

func main() {
	to := func(w io.Writer) *zerolog.Logger {
		logger := zerolog.New(w)
		return &logger
	}
	ctx, span := otel.Tracer("own").Start(context.Background(), "work")
	span.End()
	to(os.Stdout).Info().Ctx(ctx).Msg("of a context")
	to(zerolog.ConsoleWriter{Out: os.Stdout, FieldsExclude: []string{"password"}}).Info().Str("password", secret).
		Dict("password", zerolog.Dict().Str("inner", secret)).Int("n", 1).Msg("excluded")
	to(zerolog.MultiLevelWriter(os.Stdout, zerolog.ConsoleWriter{Out: os.Stdout, FieldsExclude: []string{"password"}})).Info().
		Str("password", secret).Int("n", 2).Msg("once excluded")
	to(zerolog.ConsoleWriter{Out: os.Stdout, PartsExclude: []string{"message"}}).Info().Int("n", 3).Msg(secret)
	to(zerolog.ConsoleWriter{Out: os.Stdout, PartsOrder: []string{"level"}}).Info().Int("n", 4).Msg(secret)
	to(zerolog.ConsoleWriter{Out: os.Stdout, FormatFieldValue: func(value any) string {
		return strings.ReplaceAll(fmt.Sprint(value), secret, "***")
	}}).Info().Str("password", secret).Msg("formatted")
	to(zerolog.ConsoleWriter{Out: os.Stdout, FormatPrepare: func(event map[string]any) error {
		delete(event, "password")
		return nil
	}}).Info().Str("password", secret).Msg("prepared")
	to(zerolog.ConsoleWriter{Out: os.Stdout, FormatExtra: func(_ map[string]any, to *bytes.Buffer) error {
		to.Reset()
		return nil
	}}).Info().Str("password", secret).Msg("extra")
	to(zerolog.ConsoleWriter{Out: os.Stdout, FormatLevel: func(level any) string { return fmt.Sprint("<", level, ">") }}).Info().Int("n", 5).Msg("another level")
	filtered := to(&zerolog.FilteredLevelWriter{Writer: zerolog.LevelWriterAdapter{Writer: os.Stdout}, Level: zerolog.WarnLevel})
	filtered.Info().Msg(secret)
	filtered.Warn().Msg("not filtered")
	triggered := to(&zerolog.TriggerLevelWriter{Writer: os.Stdout, ConditionalLevel: zerolog.DebugLevel, TriggerLevel: zerolog.ErrorLevel})
	triggered.Debug().Msg(secret)
	triggered.Info().Msg("not held back")
	of := slog.New(zerolog.NewSlogHandler(zerolog.New(os.Stdout)))
	of.With("a", "b").WarnContext(ctx, "of slog", "n", 6)
	time.Sleep(1100 * time.Millisecond)
}
