// SPDX-License-Identifier: Apache-2.0

package exception

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

type own struct{}

func TestType(t *testing.T) {
	for want, value := range map[string]any{
		"string":                              "a",
		"otel.runtime/internal/exception.own": own{},
		"*exception.own":                      &own{},
		"*errors.errorString":                 errors.New("a"),
		"*fs.PathError":                       &fs.PathError{},
		"map[string]int":                      map[string]int(nil),
	} {
		if got := Type(value); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestPanicStackStartsWhereThePanicWas(t *testing.T) {
	defer func() {
		recover()
		lines := strings.Split(PanicStack(), "\n")
		if !strings.HasPrefix(lines[0], "goroutine ") || !strings.HasPrefix(lines[1], "panic(") || !strings.Contains(lines[3], "exception.breaks") {
			t.Error(strings.Join(lines, "\n"))
		}
	}()
	breaks()
}

//go:noinline
func breaks() { panic("out of cheese") }

func TestWithoutAPanicItIsTheWholeStack(t *testing.T) {
	if stack := PanicStack(); !strings.HasPrefix(stack, "goroutine ") || !strings.Contains(stack, "TestWithoutAPanic") {
		t.Error(stack)
	}
}

func TestMessageHasNoPassword(t *testing.T) {
	for value, want := range map[any]string{
		"plain":                       "plain",
		7:                             "7",
		"dial amqp://me:hunter2@mq/x": "dial amqp://REDACTED@mq/x",
	} {
		if got := Message(value); got != want {
			t.Errorf("%v: %q, want %q", value, got, want)
		}
	}
}
