// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// printStartup compares how long a program lives that does nothing: from exec to exit, with the set-up of the SDK and its
// last flush. Nobody listens at the endpoint, and nothing is sent.
func printStartup(otel, work string) {
	const rounds = 300
	module := filepath.Join(work, "startup")
	check(os.MkdirAll(module, 0o777))
	write := func(name, text string) { check(os.WriteFile(filepath.Join(module, name), []byte(text), 0o666)) }
	write("go.mod", "module example.com/startup\n\ngo 1.25.0\n")
	write("main.go", "package main\n\nimport \"net/http\"\n\nfunc main() { http.HandleFunc(\"/\", http.NotFound) }\n")
	build := func(name string, words ...string) string {
		output := filepath.Join(work, name)
		command := exec.Command(words[0], append(words[1:], "build", "-o", output, ".")...)
		command.Dir = module
		if text, err := command.CombinedOutput(); err != nil {
			log.Fatalf("%s: %v\n%s", command, err, text)
		}
		return output
	}
	plain, woven := build("plain", "go"), build("woven", otel, "go")
	kinds := []struct {
		name, program string
		environment   []string
	}{
		{"plain", plain, nil},
		{"woven, SDK disabled", woven, []string{"OTEL_SDK_DISABLED=true"}},
		{"woven", woven, []string{"OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1"}},
	}
	fastest, total := make([]time.Duration, len(kinds)), make([]time.Duration, len(kinds))
	for round := range rounds {
		for i, kind := range kinds {
			command := exec.Command(kind.program)
			command.Env = append(os.Environ(), kind.environment...)
			start := time.Now()
			if text, err := command.CombinedOutput(); err != nil || len(text) > 0 {
				log.Fatalf("%s: %v\n%s", command, err, text)
			}
			took := time.Since(start)
			total[i] += took
			if round == 0 || took < fastest[i] {
				fastest[i] = took
			}
		}
	}
	fmt.Printf("%-44s %12s %12s\n", "start to end of a program that does nothing", "shortest", "mean")
	millis := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	for i, kind := range kinds {
		fmt.Printf("%-44s %9.2f ms %9.2f ms\n", kind.name, millis(fastest[i]), millis(total[i]/rounds))
	}
	fmt.Println()
}
