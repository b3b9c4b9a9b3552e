// SPDX-License-Identifier: Apache-2.0

package script

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// Rules of each kind for the package below, and what the diff must hold to be one. A kind without that weaves no package.
var kindRules = map[string]struct{ rule, added string }{
	"function":  {"package: example.com/app, function: F, before: Before, after: After", "otel_r_F_enter"},
	"struct":    {"package: example.com/app, struct: S, field: added int", "added int"},
	"file":      {"package: example.com/app, file: rules/added.go", "+++ b/added.go"},
	"call":      {"package: example.com/app, function: F, call: g(1), replace: g(2)", "+\treturn g(2)"},
	"raw":       {"package: example.com/app, function: F, at: return, insert: n++", "+\tn++; return"},
	"wrap":      {"package: example.com/app, callee: strings.ToUpper, with: ToUpper", "func otel_r_example_com_app["},
	"append":    {"package: example.com/app, callee: strings.NewReplacer, with: Pairs", "(strings.NewReplacer)(\"v\", \"w\")...)"},
	"literal":   {"package: example.com/app, literal: example.com/app.S, with: Configure", "otel_r_example_com_app(&S{})"},
	"accessor":  {"package: example.com/app, on: s *S, expression: s.n, set: N", "+++ b/otel_r_get.go"},
	"directive": {"package: example.com/app, directive: \"acme:span\", before: BeforeSpan, after: AfterSpan", "_D_enter"},
	"value":     {"package: example.com/app, variable: V, value: 3 + 4", "V = 3 + 4"},
	"detector":  {"detect: Fleet", ""}, // woven into no package
}

// TestRulesTestPrintsWhatCompiles applies the diff that `otel rules test` prints for a rule of each kind, and compiles what comes out.
func TestRulesTestPrintsWhatCompiles(t *testing.T) {
	const source = "package app\n\nimport \"strings\"\n\ntype S struct{ n int }\n\nvar V = 1\n\nvar Upper = strings.ToUpper(\"v\")\n\n" +
		"var Replacer, Literal = strings.NewReplacer(\"v\", \"w\"), &S{}\n\n" +
		"func g(n int) int { return n }\n\nfunc F(n int) int {\n\treturn g(1)\n}\n\n//acme:span\nfunc D() error { return nil }\n"
	const hooks = "package hooks\n\nimport (\n\t\"context\"\n\n\t\"otel.runtime/hook\"\n)\n\n" +
		"func Before(call *hook.Call, n int) {}\n\nfunc After(call *hook.Call, n *int) {}\n\n" +
		"func ToUpper(s string) string { return s }\n\n" +
		"func Pairs() []string { return nil }\n\nfunc Configure(any) {}\n\nvar N func(any) int\n\n" +
		"func Fleet(context.Context) (map[string]string, error) { return nil, nil }\n\n" +
		"func BeforeSpan(call *hook.Call, d *hook.Directive, ctx *context.Context, values []any) {}\n\n" +
		"func AfterSpan(call *hook.Call, d *hook.Directive, err error) {}\n"
	for _, kind := range kindNames(t) {
		t.Run(kind, func(t *testing.T) {
			row, ok := kindRules[kind]
			if !ok {
				t.Fatal("a kind without a rule to test")
			}
			root := t.TempDir()
			for name, text := range map[string]string{
				"go.mod":         "module example.com/app\n\ngo 1.25.0\n",
				"app.go":         source,
				"hooks/hooks.go": hooks,
				"rules/added.go": "package app\n\nvar Added = V\n",
				"otel.rules.yaml": "library: app\nhooks: example.com/app/hooks\nrules:\n  - {name: r, kind: " + kind + ", " +
					row.rule + "}\n",
			} {
				path := filepath.Join(root, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			command := func(words ...string) *exec.Cmd {
				command := exec.Command(words[0], words[1:]...)
				command.Dir = root
				command.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off", "OTEL_GO_CACHE="+filepath.Join(root, "cache"),
					"PWD="+root, "GIT_CEILING_DIRECTORIES="+root)
				return command
			}
			if row.added == "" {
				said, err := command(place.otel, "rules", "test", ".").CombinedOutput()
				if err == nil || !bytes.Contains(said, []byte("no rule is woven into package example.com/app")) {
					t.Fatalf("%v\n%s", err, said)
				}
				return
			}
			run := func(input []byte, words ...string) []byte {
				t.Helper()
				command := command(words...)
				command.Stdin = bytes.NewReader(input)
				var output, said bytes.Buffer
				command.Stdout, command.Stderr = &output, &said
				if err := command.Run(); err != nil {
					t.Fatalf("%v: %v\n%s%s", words, err, output.Bytes(), said.Bytes())
				}
				return output.Bytes()
			}
			diff := run(nil, place.otel, "rules", "test", ".")
			if !bytes.Contains(diff, []byte(row.added)) {
				t.Errorf("no %q in\n%s", row.added, diff)
			}
			run(diff, "git", "apply", "-")
			run(nil, "go", "build", ".")
		})
	}
}

// kindNames are the kinds of rules that otel knows.
func kindNames(t *testing.T) []string {
	t.Helper()
	text, err := exec.Command(place.otel, "rules", "schema").Output()
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Definitions struct {
			Rule struct {
				Properties struct{ Kind struct{ Enum []string } }
			}
		}
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	names := schema.Definitions.Rule.Properties.Kind.Enum
	for kind := range kindRules {
		if !slices.Contains(names, kind) {
			t.Errorf("otel has no kind %s", kind)
		}
	}
	return names
}
