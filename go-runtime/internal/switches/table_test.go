// SPDX-License-Identifier: Apache-2.0

package switches

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"otel.runtime/internal/variables"
)

var (
	variable = regexp.MustCompile(`^(OTEL_[A-Z_]+|HTTPS?_PROXY|NO_PROXY)$`)
	quoted   = regexp.MustCompile("`([A-Z][A-Z_{},]+)`")
	braces   = regexp.MustCompile(`\{([A-Z,]+)\}`)
)

// documented are the variables of the table in README.md.
func documented(t *testing.T, text string) map[string]bool {
	t.Helper()
	_, text, _ = strings.Cut(text, "\n## Environment\n")
	text, _, _ = strings.Cut(text, "\n## ")
	all := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		cells := strings.Split(line, " | ")
		if len(cells) < 2 || !strings.HasPrefix(line, "| `") {
			continue
		}
		for _, name := range quoted.FindAllStringSubmatch(cells[0], -1) {
			for _, one := range expand(name[1]) {
				all[one] = true
			}
		}
	}
	return all
}

// expand writes A_{B,C} out.
func expand(name string) []string {
	at := braces.FindStringSubmatchIndex(name)
	if at == nil {
		return []string{name}
	}
	var all []string
	for _, word := range strings.Split(name[at[2]:at[3]], ",") {
		all = append(all, expand(name[:at[0]]+word+name[at[1]:])...)
	}
	return all
}

// read are the variables that are named in what is linked.
func read(t *testing.T, root string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "variables" || entry.Name() == "receiver" || entry.Name() == "testdata" || entry.Name() == "config" || entry.Name() == "weavetest") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil && variable.MatchString(text) {
					all[text] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Names that the code puts together, and those that the SDK and net/http read.
var elsewhere = []string{
	"OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_METRICS_EXEMPLAR_FILTER",
	"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
	"OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_COMPRESSION", "OTEL_EXPORTER_OTLP_TIMEOUT",
	"OTEL_EXPORTER_OTLP_CERTIFICATE", "OTEL_EXPORTER_OTLP_CLIENT_KEY", "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "OTEL_EXPORTER_OTLP_INSECURE",
	"OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_REQUEST_HEADERS", "OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_RESPONSE_HEADERS",
	"OTEL_INSTRUMENTATION_HTTP_CLIENT_CAPTURE_REQUEST_HEADERS", "OTEL_INSTRUMENTATION_HTTP_CLIENT_CAPTURE_RESPONSE_HEADERS",
}

// README's table has each variable that is read, and no other.
func TestTableOfVariables(t *testing.T) {
	root := filepath.Join("..", "..")
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	table, code := documented(t, string(text)), read(t, root)
	for _, name := range elsewhere {
		code[name] = true
	}
	delete(code, "OTEL_CTX") // the name of a mapping in memory
	for name := range code { // a name's beginning is none; the SDK's experiments are its own
		if strings.HasSuffix(name, "_") || strings.HasPrefix(name, "OTEL_GO_X_") && !table[name] {
			delete(code, name)
		}
	}
	if missing := lacks(table, code); len(missing) > 0 {
		t.Errorf("read, but not in README.md: %v", missing)
	}
	if idle := lacks(code, table); len(idle) > 0 {
		t.Errorf("in README.md, but not read: %v", idle)
	}
	listed := map[string]bool{"HTTP_PROXY": true, "HTTPS_PROXY": true, "NO_PROXY": true}
	for _, name := range variables.Supported() {
		listed[name] = true
	}
	for name := range table { // a row for all signals: OTEL_EXPORTER_OTLP_TRACES_…
		listed[name] = listed[name] || strings.HasSuffix(name, "_")
	}
	if missing := lacks(listed, table); len(missing) > 0 {
		t.Errorf("in README.md, but not in variables.Supported: %v", missing)
	}
	for name := range listed {
		if table[name] || strings.HasPrefix(name, "OTEL_EXPORTER_OTLP_TRACES_") || strings.HasPrefix(name, "OTEL_EXPORTER_OTLP_METRICS_") || strings.HasPrefix(name, "OTEL_EXPORTER_OTLP_LOGS_") || strings.HasPrefix(name, "OTEL_EXPORTER_OTLP_PROFILES_") {
			continue
		}
		t.Errorf("in variables.Supported, but not in README.md: %s", name)
	}
	if len(table) < 50 {
		t.Errorf("only %d variables found", len(table))
	}
}

func lacks(in, of map[string]bool) (missing []string) {
	for name := range of {
		if !in[name] {
			missing = append(missing, name)
		}
	}
	sort.Strings(missing)
	return missing
}
