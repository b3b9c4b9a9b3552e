// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// printStages shows what otel does before it becomes go, where there is no plan of an earlier build: what --trace-build
// writes of its own process.
func (b *bench) printStages() {
	woven := b.builder("woven", b.otel, "go")
	var names []string
	best := map[string]time.Duration{}
	for range b.rounds {
		check(os.RemoveAll(filepath.Join(woven.cache, "otel")))
		for _, stage := range b.stages(woven) {
			took := time.Duration(stage.Dur * 1000)
			if known, ok := best[stage.Name]; !ok {
				names = append(names, stage.Name)
				best[stage.Name] = took
			} else {
				best[stage.Name] = min(known, took)
			}
		}
	}
	fmt.Printf("%-44s\n", "otel's own stages, without an earlier plan")
	for _, name := range names {
		fmt.Printf("%-44s %7.1f ms\n", name, float64(best[name].Microseconds())/1000)
	}
	fmt.Println()
}

// stage is an event of the Trace Event Format.
type stage struct {
	Name, Ph string
	Dur      float64 // microseconds
	PID      int
}

const pidOfOtel = 1 // in what --trace-build writes

// stages are otel's, in order, but for the whole and the go command that it becomes.
func (b *bench) stages(with builder) (own []stage) {
	file := filepath.Join(b.work, "trace.json")
	traced := with
	traced.words = []string{b.otel, "--trace-build", file, "go"}
	b.run(traced)
	text, err := os.ReadFile(file)
	check(err)
	var all []stage
	if err := json.Unmarshal(text, &all); err != nil {
		log.Fatalf("%s: %v", file, err)
	}
	for _, s := range all {
		isGo := s.Name == "go" || strings.HasPrefix(s.Name, "go ")
		if s.Ph == "X" && s.PID == pidOfOtel && !isGo {
			own = append(own, s)
		}
	}
	return own
}
