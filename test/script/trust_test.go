// SPDX-License-Identifier: Apache-2.0

package script

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhoMayWeaveWhat is the trust model as a table: whose rule file, where it lies, what its rule does, and what comes of it.
// SECURITY.md and rulesets/README.md say the same in words.
func TestWhoMayWeaveWhat(t *testing.T) {
	const (
		consent = "which needs consent"
		never   = "are skipped"
		refused = "belongs to another user"
	)
	for _, row := range []struct{ owner, where, does, outcome string }{
		// The project's own, and root's: everything but orders to go's tools.
		{"user", "project", "function of the standard library", "woven"},
		{"user", "project", "statement in the program", "woven"},
		{"user", "project", "file in the standard library", "woven"},
		{"user", "project", "detector", "woven"},
		{"user", "project", "literals of its own", "woven"},
		{"user", "project", "arguments of its own", "woven"},
		{"user", "project", "cgo_ldflag", "contains what is not allowed"},
		{"user", ".otel", "file in the standard library", "woven"},
		{"user", "repository above", "statement in the program", "woven"},
		{"user", "named", "file in the standard library", "woven"},
		// Another user's: nothing.
		{"other", "project", "statement in the program", refused},
		{"other", ".otel", "statement in the program", refused},
		{"other", "repository above", "statement in the program", refused},
		{"other", "named", "statement in the program", refused},
		{"user", "other's repository above", "statement in the program", refused},
		{"user", "other's directory", "statement in the program", refused},
		{"allowed", "project", "statement in the program", "woven"},
		{"allowed", "named", "file in the standard library", "woven"},
		// A dependency's: itself, and more with consent.
		{"user", "replaced dependency", "function of its own", "woven"},
		{"user", "replaced dependency", "field of its own", "woven"},
		{"user", "replaced dependency", "value of its own", "woven"},
		{"user", "replaced dependency", "directive of its own", "woven"},
		{"user", "replaced dependency", "accessor of its own", "woven"},
		{"user", "replaced dependency", "literals of its own", consent},
		{"user", "replaced dependency", "arguments of its own", consent},
		{"user", "replaced dependency", "accessor of the standard library", consent},
		{"user", "replaced dependency", "statement of its own", consent},
		{"user", "replaced dependency", "file of its own", consent},
		{"user", "replaced dependency", "function of the standard library", consent},
		{"user", "replaced dependency", "file in the standard library", consent},
		{"user", "replaced dependency", "statement in the program", consent},
		{"user", "replaced dependency", "detector", consent},
		{"user", "replaced dependency", "cgo_ldflag", never},
		{"user", "replaced dependency", "file outside of its root", never},
		{"user", "vendored dependency", "field of its own", "woven"},
		{"user", "vendored dependency", "file in the standard library", consent},
		{"user", "vendored dependency", "cgo_ldflag", never},
		{"user", "workspace module", "function of its own", "woven"},
		{"user", "workspace module", "file in the standard library", consent},
		{"user", "workspace module", "cgo_ldflag", never},
		{"user", "trusted dependency", "function of the standard library", "woven"},
		{"user", "trusted dependency", "file in the standard library", "woven"},
		{"user", "trusted dependency", "statement in the program", "woven"},
		{"user", "trusted dependency", "detector", "woven"},
		{"user", "trusted dependency", "literals of its own", "woven"},
		{"user", "trusted dependency", "accessor of the standard library", "woven"},
		{"user", "trusted dependency", "cgo_ldflag", never},
		{"user", "trusted dependency", "file outside of its root", never},
		{"user", "dependency trusted in another version", "file in the standard library", consent},
		{"user", "dependency trusted with other rules", "file in the standard library", consent},
		// Go compiles a dependency's sources whoever owns them, and what its rules do is limited anyway.
		{"other", "replaced dependency", "function of its own", "woven"},
		{"other", "replaced dependency", "file in the standard library", consent},
	} {
		t.Run(strings.Join([]string{row.owner, row.where, row.does}, ", "), func(t *testing.T) {
			t.Parallel()
			if os.Geteuid() != 0 && row.outcome == refused {
				t.Log("only root can give a file to another user")
				return
			}
			project := newTrustProject(t, row.where, row.does)
			if row.owner != "user" && os.Geteuid() == 0 {
				giveAway(t, project.rules)
			}
			answer := project.explain(t, row.owner == "allowed")
			switch {
			case row.outcome == "woven" && !isWoven(answer):
				t.Errorf("not woven:\n%s", answer)
			case row.outcome != "woven" && isWoven(answer):
				t.Errorf("woven all the same:\n%s", answer)
			case row.outcome != "woven" && !strings.Contains(answer, row.outcome):
				t.Errorf("not %q:\n%s", row.outcome, answer)
			}
		})
	}
}

// isWoven tells from what otel explain prints whether rule r of library l is.
func isWoven(answer string) bool {
	woven, _, _ := strings.Cut(answer, "not woven:")
	for _, line := range strings.Split(woven, "\n") {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "l" && fields[1] == "r" {
			return true
		}
	}
	return false
}

type trustProject struct {
	root  string   // of everything
	app   string   // directory of the main module
	rules string   // the rule file
	flags []string // of otel
}

const otherUser = 12345

func giveAway(t *testing.T, path string) {
	t.Helper()
	if err := os.Chown(path, otherUser, otherUser); err != nil {
		t.Fatal(err)
	}
}

// What a rule does, as YAML; its module is example.com/app or, of a dependency, example.com/dep.
func trustRule(does, module string) string {
	rule := map[string]string{
		"function of its own":              "kind: function, package: MODULE, function: F, before: Hook",
		"field of its own":                 "kind: struct, package: MODULE, struct: S, field: added int",
		"value of its own":                 "kind: value, package: MODULE, variable: V, value: \"2\"",
		"directive of its own":             "kind: directive, package: MODULE, directive: \"m:x\", before: Directive",
		"accessor of its own":              "kind: accessor, package: MODULE, on: s *S, expression: s.n, set: N",
		"accessor of the standard library": "kind: accessor, package: container/ring, on: r *Ring, expression: r.next != nil, set: Next",
		"literals of its own":              "kind: literal, package: MODULE, literal: MODULE.S, field: n, value: \"1\"",
		"arguments of its own":             "kind: append, package: MODULE, callee: path.Join, with: Paths",
		"statement of its own":             "kind: raw, package: MODULE, function: F, at: entry, insert: \"println()\"",
		"file of its own":                  "kind: file, package: MODULE, file: rules/own.go",
		"function of the standard library": "kind: function, package: container/ring, function: New, before: Hook",
		"file in the standard library":     "kind: file, package: container/ring, file: rules/ring.go",
		"statement in the program":         "kind: raw, package: example.com/app, function: main, at: entry, insert: \"println()\"",
		// Nothing by itself, so there is another rule.
		"detector":                 "kind: detector, detect: Detect}\n  - {name: also, kind: value, package: MODULE, variable: V, value: \"2\"",
		"cgo_ldflag":               "kind: file, package: container/ring, file: rules/order.go",
		"file outside of its root": "kind: file, package: container/ring, file: ../outside.go",
	}[does]
	return "library: l\nhooks: " + module + "/hooks\nrules:\n  - {name: r, " + strings.ReplaceAll(rule, "MODULE", module) + "}\n"
}

func newTrustProject(t *testing.T, where, does string) trustProject {
	t.Helper()
	root := t.TempDir()
	project := trustProject{root: root, app: filepath.Join(root, "repository", "app")}
	dep := filepath.Join(root, "repository", "dep")
	write := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	hooks := "package hooks\n\nfunc Hook() {}\n\nfunc Paths() []string { return nil }\n\nvar N func(any) int\n\nvar Next func(any) bool\n"
	if strings.HasPrefix(does, "directive") {
		hooks = "package hooks\n\nimport (\n\t\"context\"\n\n\t\"otel.runtime/hook\"\n)\n\n" +
			"func Directive(*hook.Call, *hook.Directive, *context.Context, []any) {}\n"
	}
	if does == "detector" {
		hooks = "package hooks\n\nimport \"context\"\n\nfunc Detect(context.Context) (map[string]string, error) { return nil, nil }\n"
	}
	source := func(name string) string {
		return "package " + name + "\n\nimport (\n\t\"container/ring\"\n\t\"path\"\n)\n\ntype S struct{ n int }\n\nvar V = 1\n\n" +
			"var _, _ = S{}, path.Join()\n\n//m:x\nfunc F() { ring.New(V) }\n"
	}
	write(filepath.Join(project.app, "main.go"), strings.Replace(source("main"), "\"path\"\n",
		"\"path\"\n\n\t\"example.com/dep\"\n", 1)+"\nfunc main() { F(); dep.F() }\n")
	write(filepath.Join(project.app, "hooks", "hooks.go"), hooks)
	write(filepath.Join(project.app, "go.mod"),
		"module example.com/app\n\ngo 1.25.0\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ../dep\n")
	write(filepath.Join(dep, "go.mod"), "module example.com/dep\n\ngo 1.25.0\n")
	write(filepath.Join(dep, "dep.go"), source("dep"))
	write(filepath.Join(dep, "hooks", "hooks.go"), hooks)

	directory, module := project.app, "example.com/app"
	switch where {
	case ".otel":
		directory = filepath.Join(project.app, ".otel")
	case "repository above", "other's repository above":
		directory = filepath.Join(root, "repository")
		write(filepath.Join(directory, ".git", "HEAD"), "ref: refs/heads/main\n")
	case "named":
		directory = filepath.Join(root, "named")
	case "project", "other's directory":
	default:
		directory, module = dep, "example.com/dep"
	}
	project.rules = filepath.Join(directory, "otel.rules.yaml")
	write(project.rules, trustRule(does, module))
	write(filepath.Join(directory, "rules", "own.go"), "package dep\n\nconst Own = 1\n")
	write(filepath.Join(directory, "rules", "ring.go"), "package ring\n\nconst Added = 1\n")
	write(filepath.Join(directory, "rules", "order.go"), "package ring\n\n//go:cgo_ldflag \"-wrapper\"\n")
	if strings.HasPrefix(does, "file outside") {
		write(filepath.Join(filepath.Dir(directory), "outside.go"), "package ring\n")
	}

	trust := func(entry string) {
		write(filepath.Join(project.app, "otel.rules.yaml"), "library: app\nrules: []\ntrust:\n  - {module: example.com/dep"+entry+"}\n")
	}
	switch where {
	case "other's repository above":
		giveAwayIfRoot(t, filepath.Join(root, "repository", ".git"))
	case "other's directory":
		giveAwayIfRoot(t, project.app)
	case "named":
		project.flags = []string{"--rules", project.rules}
	case "workspace module":
		write(filepath.Join(root, "repository", "go.work"), "go 1.25.0\n\nuse (\n\t./app\n\t./dep\n)\n")
	case "vendored dependency":
		vendored := exec.Command("go", "mod", "vendor")
		vendored.Dir = project.app
		vendored.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
		if output, err := vendored.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
		// What rules add isn't vendored by go; the author of a dependency may find another way.
		for _, name := range []string{"own.go", "ring.go", "order.go"} {
			text, err := os.ReadFile(filepath.Join(dep, "rules", name))
			if err != nil {
				t.Fatal(err)
			}
			write(filepath.Join(project.app, "vendor", "example.com", "dep", "rules", name), string(text))
		}
	case "trusted dependency":
		trust("")
	case "dependency trusted in another version":
		trust(", version: \">=v1.1.0\"")
	case "dependency trusted with other rules":
		trust(", digest: \"sha256:" + strings.Repeat("0", 64) + "\"")
	}
	return project
}

func giveAwayIfRoot(t *testing.T, path string) {
	if os.Geteuid() == 0 {
		giveAway(t, path)
	}
}

// explain is what otel explain prints of the main module, on both outputs.
func (p trustProject) explain(t *testing.T, allowed bool) string {
	t.Helper()
	arguments := append([]string{}, p.flags...)
	if allowed {
		arguments = append(arguments, "--safe-directory", filepath.Dir(p.rules))
	}
	command := exec.Command(place.otel, append(arguments, "explain")...)
	command.Dir = p.app
	command.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=", "OTEL_GO_CACHE="+filepath.Join(p.root, "cache"),
		"PWD="+p.app, "SUDO_UID=")
	output, err := command.CombinedOutput()
	return fmt.Sprintf("%s(%v)", output, err)
}
