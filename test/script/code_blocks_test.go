// SPDX-License-Identifier: Apache-2.0

package script

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var (
	shellCode = regexp.MustCompile("(?ms)^```sh\n(.*?)^```$")
	codeBlock = regexp.MustCompile("(?ms)^```(go|yaml)\n(.*?)^```$")
	blockFile = regexp.MustCompile(`^(?://|#) (\S+\.(?:go|yaml))\n`)
)

// code_blocks FILE HEADING: writes the Go and YAML blocks of a Markdown file, from a heading up to the next one of its
// level, to the files that their first lines name: "// hooks/audit.go". A block without such a line is an error.
func codeBlocks(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "code_blocks FILE HEADING")
	blocks := codeBlock.FindAllStringSubmatch(section(ts, args[0], args[1]), -1)
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

// shell_block FILE HEADING OUT: writes the one sh block beneath a heading of a Markdown file to OUT, to be run by sh.
func shellBlock(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 3, "shell_block FILE HEADING OUT")
	blocks := shellCode.FindAllStringSubmatch(section(ts, args[0], args[1]), -1)
	if len(blocks) != 1 {
		ts.Fatalf("%d sh blocks under %q, not one", len(blocks), args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte("set -e\n"+blocks[0][1]), 0o666))
}

// section is the text of a Markdown file from a heading up to the next one of its level.
func section(ts *testscript.TestScript, file, heading string) string {
	data, err := os.ReadFile(ts.MkAbs(file))
	ts.Check(err)
	_, text, found := strings.Cut(string(data), "\n"+heading+"\n")
	if !found {
		ts.Fatalf("no heading %q in %s", heading, file)
	}
	level, _, _ := strings.Cut(heading, " ")
	text, _, _ = strings.Cut(text, "\n"+level+" ")
	return text
}

// Each command block of a document is run: by a story, with shell_block, or as it is by test/run.
func TestDocuments(t *testing.T) {
	root := filepath.Join("..", "..")
	list := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	stories, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var commands strings.Builder // of stories, and of test/run
	for _, file := range append(stories, filepath.Join(root, "test", "run"), filepath.Join(root, ".ci", "run")) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		commands.Write(text)
	}
	blocks := 0
	for _, file := range strings.Fields(string(out)) {
		data, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range shellCode.FindAllSubmatchIndex(data, -1) {
			blocks++
			headings := mdHeading.FindAllString(string(data[:at[0]]), -1)
			heading := headings[len(headings)-1]
			block := strings.TrimSpace(string(data[at[2]:at[3]]))
			byStory := strings.Contains(commands.String(), "shell_block $ROOT/"+file+" '"+heading+"'")
			byTestRun := !strings.Contains(block, "\n") && strings.Contains(commands.String(), block)
			if !byStory && !byTestRun {
				t.Errorf("%s, %q: nothing runs\n%s", file, heading, block)
			}
		}
	}
	if blocks < 6 {
		t.Errorf("%d blocks", blocks)
	}
}

var mdHeading = regexp.MustCompile("(?m)^#+ .*$")
