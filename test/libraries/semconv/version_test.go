// SPDX-License-Identifier: Apache-2.0

package semconv

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	urlInCode     = regexp.MustCompile(`opentelemetry\.io/schemas/`)
	versionInText = regexp.MustCompile(`semantic\s+conventions,?(?:\s+version)?\s+(\d+\.\d+\.\d+)`)
)

// The version is in one place, and the documents say that one.
func TestOneVersionOfTheConventions(t *testing.T) {
	root, urls, said := filepath.Join("..", "..", ".."), 0, 0
	for _, dir := range []string{"go-runtime", "rulesets"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			if err == nil && urlInCode.Match(text) {
				urls++
				if !strings.HasSuffix(filepath.ToSlash(path), "conventions/version.go") {
					t.Errorf("%s: the schema URL is conventions.SchemaURL", path)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, document := range []string{"README.md", "docs/adding-a-library.md"} {
		text, err := os.ReadFile(filepath.Join(root, document))
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range versionInText.FindAllStringSubmatch(string(text), -1) {
			said++
			if found[1] != Version {
				t.Errorf("%s says version %s, not %s", document, found[1], Version)
			}
		}
	}
	if urls != 1 || said < 2 {
		t.Errorf("%d places of the URL, %d of the version", urls, said)
	}
}
