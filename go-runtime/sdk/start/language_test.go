// SPDX-License-Identifier: Apache-2.0

package start

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// oldest is the lowest go line of a program that is woven: what is linked into it is compiled as that language.
const oldest = "go1.20"

// notLinked are the packages of programs of their own.
var notLinked = regexp.MustCompile(`^otel\.runtime/(view|internal/weavetest)(/|$)`)

func TestPackagesAreOfTheOldestLanguage(t *testing.T) {
	list := exec.Command("go", "list", "./...")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"build", "-gcflags=otel.runtime/...=-lang=" + oldest}
	for _, path := range strings.Fields(string(out)) {
		if !notLinked.MatchString(path) {
			words = append(words, path)
		}
	}
	if len(words) < 30 {
		t.Fatalf("packages: %v", words)
	}
	build := exec.Command("go", words...)
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
