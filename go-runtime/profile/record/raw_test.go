// SPDX-License-Identifier: Apache-2.0

package record_test

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// rawSample is a sample as "go tool pprof -raw" prints it.
type rawSample struct {
	values    []string
	functions []string // innermost first
	labels    string   // key:[value] …
}

func (s rawSample) in(function string) bool {
	for _, name := range s.functions {
		if name == function {
			return true
		}
	}
	return false
}

var (
	sampleLine   = regexp.MustCompile(`^\s+([\d ]+): ([\d ]*)$`)
	locationLine = regexp.MustCompile(`^\s+(\d+): 0x[0-9a-f]+ M=1 (\S+) `)
)

// rawProfile is what go tool pprof reads in a file.
func rawProfile(t *testing.T, file string) (all []rawSample, text string) {
	t.Helper()
	out, err := exec.Command("go", "tool", "pprof", "-raw", file).Output()
	if err != nil {
		t.Fatalf("go tool pprof: %v\n%s", err, out)
	}
	names := map[string]string{}
	for _, line := range strings.Split(string(out), "\n") {
		if m := locationLine.FindStringSubmatch(line); m != nil {
			names[m[1]] = m[2]
		}
	}
	for _, line := range strings.Split(string(out), "\n") {
		if line == "Locations" {
			break
		}
		if m := sampleLine.FindStringSubmatch(line); m != nil {
			sample := rawSample{values: strings.Fields(m[1])}
			for _, id := range strings.Fields(m[2]) {
				sample.functions = append(sample.functions, names[id])
			}
			all = append(all, sample)
		} else if strings.Contains(line, ":[") && len(all) > 0 {
			all[len(all)-1].labels += strings.TrimSpace(line) + " "
		}
	}
	return all, string(out)
}
