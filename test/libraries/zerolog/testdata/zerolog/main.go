// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io/ioutil"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/rs/zerolog"
)

// keeping is a hook, which sees the event as the program has made it.
type keeping struct{}

func (keeping) Run(e *zerolog.Event, level zerolog.Level, message string) {
	fmt.Println("hook:", level, message)
	if message == "discarded" {
		e.Discard()
	}
}

// person prints itself.
type person struct{ name string }

func (p person) MarshalZerologObject(e *zerolog.Event) { e.Str("name", p.name) }

func main() {
	json := zerolog.New(os.Stdout)
	console := zerolog.New(zerolog.ConsoleWriter{Out: os.Stdout, NoColor: true})
	hooked := json.Hook(keeping{})
	json.Info().Msg("outside of a span")
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		json.Info().Int("n", 1).Str("s", "t").Bool("b", true).Float64("f", 1.5).Msg("fields")
		json.Info().Msg("none")
		json.Log().Msg("no level")
		json.WithLevel(zerolog.FatalLevel).Msgf("%s", "formatted")
		json.Debug().Msg("")
		nobody := json.Level(zerolog.ErrorLevel)
		nobody.Info().Msg("below the level")
		given := json.With().Str("a", "b").Logger()
		given.Warn().Int("n", 2).Msg("with")
		given.Error().Err(&os.PathError{Op: "open", Path: "a", Err: os.ErrNotExist}).Msg("failed")
		json.Info().Dict("inner", zerolog.Dict().Int("n", 3)).Object("person", person{"ann"}).Strs("list", []string{"x", "y"}).Msg("nested")
		json.Info().Str("trace_id", "mine").Msg("own")
		given = json.With().Str("trace_id", "mine").Logger()
		given.Info().Msg("own, with")
		json.Info().Str("s", `"trace_id":`).Msg("in a value")
		hooked.Info().Msg("hooked")
		hooked.Info().Msg("discarded")
		hooked.Print("printed")
		fmt.Fprintln(json, "written")
		inContext := json.With().Str("c", "d").Logger()
		zerolog.Ctx(inContext.WithContext(r.Context())).Info().Msg("of a context")
		done := make(chan bool)
		go func() {
			json.Error().Msg("in a goroutine")
			done <- true
		}()
		<-done
		if os.Getenv("CONSOLE") != "" { // each release prints it otherwise
			console.Info().Int("n", 1).Msg("console")
		}
		edges()
	}))
	defer server.Close()
	if _, err := http.Get(server.URL); err != nil {
		fmt.Println(err)
	}
	json.Info().Msg("outside again")
}

// refusing takes nothing.
type refusing struct{}

func (refusing) Write([]byte) (int, error) { return 0, errors.New("refused") }

func edges() {
	stderr := os.Stderr
	os.Stderr = nil // zerolog tells there of what is refused
	refused := zerolog.New(refusing{})
	refused.Info().Msg("refused")
	os.Stderr = stderr
	quiet := zerolog.New(ioutil.Discard)
	quiet.Info().Msg(strings.Repeat("x", 1<<20))
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		quiet.Panic().Msg("out of cheese")
	}()
	if os.Getenv("COUNT") != "" {
		fmt.Println("an event allocates", testing.AllocsPerRun(1000, func() { quiet.Info().Str("a", "b").Msg("counted") }))
	}
	given := quiet.With().Str("a", "b").Logger()
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			given.Info().Str("c", "d").Msg("at once")
		}()
	}
	group.Wait()
	zerolog.Ctx(context.Background()).Info().Msg("of no logger")
	var none zerolog.Logger
	none.Info().Msg("zero logger")
	(*zerolog.Event)(nil).Msg("nil event")
}
