// SPDX-License-Identifier: Apache-2.0

// The ways in which programs keep values out of zerolog's logs.
package main

import (
	"bytes"
	"io"
	"os"
	"time"

	"github.com/rs/zerolog"
)

const secret = "planted-secret-4711"

// maskWriter masks what is printed.
type maskWriter struct{ out io.Writer }

func (w maskWriter) Write(line []byte) (int, error) {
	_, err := w.out.Write(bytes.Replace(line, []byte(secret), []byte("***"), -1))
	return len(line), err
}

// plain adds nothing and takes nothing.
type plain struct{ io.Writer }

// account doesn't print its password.
type account struct{ name, password string }

func (a account) MarshalZerologObject(e *zerolog.Event) {
	e.Str("name", a.name).Str("password", "***")
}

// silent discards events.
type silent struct{}

func (silent) Run(e *zerolog.Event, _ zerolog.Level, message string) {
	if message == secret {
		e.Discard()
	}
}

func main() {
	logger := zerolog.New(os.Stdout).With().Timestamp().Caller().Logger()
	logger.Info().Int("n", 1).Bool("b", true).Msg("plain")
	logger.Info().Object("account", account{"ann", secret}).Msg("an object")
	hooked := logger.Hook(silent{})
	hooked.Info().Msg(secret)
	hooked.Warn().Msg("hooked")
	to := func(w io.Writer) *zerolog.Logger {
		logger := zerolog.New(w)
		return &logger
	}
	to(maskWriter{os.Stdout}).Info().Str("password", secret).Msg("masked by a writer")
	to(zerolog.SyncWriter(maskWriter{os.Stdout})).Info().Str("password", secret).Msg("masked behind a lock")
	to(zerolog.MultiLevelWriter(os.Stdout, maskWriter{os.Stdout})).Info().Str("password", secret).Msg("once masked")
	to(zerolog.MultiLevelWriter(os.Stdout, os.Stderr)).Info().Int("n", 2).Msg("twice")
	to(zerolog.ConsoleWriter{Out: maskWriter{os.Stdout}}).Info().Str("password", secret).Msg("masked behind a console writer")
	to(zerolog.ConsoleWriter{Out: os.Stdout}).Info().Int("n", 3).Msg("console")
	to(plain{os.Stdout}).Info().Int("n", 4).Msg("a writer of the program's")
	to(&bytes.Buffer{}).Info().Str("password", secret).Msg("a buffer")
	logger.Debug().Str("level", "own").Str("message", "own").Msg("names of its own")
	logger.Log().Msg("no level")
	zerolog.MessageFieldName, zerolog.LevelFieldName, zerolog.TimestampFieldName = "msg", "severity", "at"
	logger.Error().Msg("other names")
	time.Sleep(1100 * time.Millisecond)
}
