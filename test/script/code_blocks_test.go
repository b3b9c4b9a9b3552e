// SPDX-License-Identifier: Apache-2.0

package script

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

var (
	codeBlock = regexp.MustCompile("(?ms)^```(go|yaml)\n(.*?)^```$")
	blockFile = regexp.MustCompile(`^(?://|#) (\S+\.(?:go|yaml))\n`)
)

// code_blocks FILE HEADING: writes the Go and YAML blocks of a Markdown file, from a heading up to the next one of its
// level, to the files that their first lines name: "// hooks/audit.go". A block without such a line is an error.
func codeBlocks(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "code_blocks FILE HEADING")
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	_, text, found := strings.Cut(string(data), "\n"+args[1]+"\n")
	if !found {
		ts.Fatalf("no heading %q in %s", args[1], args[0])
	}
	level, _, _ := strings.Cut(args[1], " ")
	text, _, _ = strings.Cut(text, "\n"+level+" ")
	blocks := codeBlock.FindAllStringSubmatch(text, -1)
	if len(blocks) == 0 {
		ts.Fatalf("no blocks under %q", args[1])
	}
	for _, block := range blocks {
		named := blockFile.FindStringSubmatch(block[2])
		if named == nil {
			ts.Fatalf("a block doesn't say which file it is:\n%s", block[2])
		}
		path := ts.MkAbs(named[1])
		ts.Check(os.MkdirAll(filepath.Dir(path), 0o777))
		ts.Check(os.WriteFile(path, []byte(block[2]), 0o666))
	}
}
