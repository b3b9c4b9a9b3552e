// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// sharesCache checks that the cache serves plain and woven builds alike but for
// what is woven, what imports that directly, package main, and what only woven
// builds have: everything else has the same action ID. It has not where a woven
// package shows its importers other export data than before, and that reaches
// those who import them.
func (p *Program) sharesCache(t testing.TB, woven string, flags []string) {
	t.Helper()
	rules, err := exec.Command(Otel(t), "version", "-m", woven).Output()
	if err != nil {
		t.Fatalf("otel version -m: %v", err)
	}
	isWoven := map[string]bool{}
	for _, line := range strings.Split(string(rules), "\n") {
		// A line is "rule", its name, the package and the package's release.
		if fields := strings.Split(strings.TrimSpace(line), "\t"); len(fields) == 4 && fields[0] == "rule" {
			isWoven[fields[2]], isWoven[fields[2]+" "+fields[1]] = true, true
		}
	}
	if len(isWoven) == 0 {
		t.Errorf("no rule is told of %s", woven)
	}

	mayDiffer, shown := map[string]bool{}, map[string]bool{}
	list := append([]string{"list", "-deps", "-f", `{{.ImportPath}} {{.Name}} {{join .Imports " "}}`}, flags...)
	for _, line := range strings.Split(p.run(t, "go", list...), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		path := words[0]
		shown[path] = isWoven[path] && reasonToShowMore(path, isWoven) != ""
		mayDiffer[path] = isWoven[path] || words[1] == "main"
		for _, imported := range words[2:] { // listed before
			shown[path] = shown[path] || shown[imported]
			mayDiffer[path] = mayDiffer[path] || isWoven[imported] || shown[imported]
		}
	}

	before := p.actionIDs(t, "plain", []string{"go", "build"}, flags)
	after := p.actionIDs(t, "woven", []string{Otel(t), "go", "build"}, flags)
	ShowsTheSame(t, isWoven, before, after)
	same := 0
	for path, id := range before {
		if mayDiffer[path] {
			continue
		}
		if after[path] != id {
			t.Errorf("%s is compiled anew, though it neither is woven nor imports what is", path)
		}
		same++
	}
	if same == 0 {
		t.Errorf("no package is left alone, of %d", len(before))
	}
}

// actionIDs are those of the packages that a build compiles, or finds compiled.
func (p *Program) actionIDs(t testing.TB, name string, words, flags []string) map[string]string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "actions.json")
	p.build(t, name, words, append([]string{"-debug-actiongraph=" + file}, flags...))
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var actions []struct{ Mode, Package, ActionID string }
	if err := json.Unmarshal(text, &actions); err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, a := range actions {
		if a.Mode == "build" {
			ids[a.Package] = a.ActionID
		}
	}
	return ids
}
