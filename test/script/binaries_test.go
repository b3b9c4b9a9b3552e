// SPDX-License-Identifier: Apache-2.0

package script

import (
	"bytes"
	"crypto/sha256"
	"debug/dwarf"
	"debug/elf"
	"debug/macho"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// archive_data LOG PACKAGE…: a digest of each package's export data, build id aside. LOG is the stderr of a go build -x
// that linked and had all packages in the cache.
func archiveData(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) > 1, "archive_data LOG PACKAGE…")
	log := ts.ReadFile(args[0])
	for _, name := range args[1:] {
		line := regexp.MustCompile(`(?m)^packagefile ` + regexp.QuoteMeta(name) + `=(.*)$`).FindStringSubmatch(log)
		if line == nil {
			ts.Fatalf("%s links no package %s", args[0], name)
		}
		archive, err := os.ReadFile(line[1])
		ts.Check(err)
		data, err := exportData(archive)
		ts.Check(err)
		fmt.Fprintf(ts.Stdout(), "%s %x\n", name, sha256.Sum256(data))
	}
}

var buildID = regexp.MustCompile(`(?m)^build id .*\n`)

// exportData is the first file of a package archive, __.PKGDEF (cmd/internal/archive).
func exportData(archive []byte) ([]byte, error) {
	const magic, header = "!<arch>\n", 60
	if len(archive) < len(magic)+header || string(archive[:len(magic)]) != magic {
		return nil, errors.New("not an archive")
	}
	entry := string(archive[len(magic) : len(magic)+header])
	size, err := strconv.Atoi(strings.TrimSpace(entry[48:58]))
	if err != nil || strings.TrimSpace(entry[:16]) != "__.PKGDEF" {
		return nil, fmt.Errorf("unexpected first file %q", entry)
	}
	data := archive[len(magic)+header:][:size]
	stripped := buildID.ReplaceAll(data, nil)
	if bytes.Equal(stripped, data) {
		return nil, errors.New("no build id in the export data")
	}
	return stripped, nil
}

// same_positions PLAIN WOVEN FUNCTION…: DWARF gives the instructions of each function the same source lines in both
// binaries. What is woven into a function may give instructions to more of its own lines (a deferred call runs at the
// closing brace), not to any outside.
func samePositions(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) > 2, "same_positions PLAIN WOVEN FUNCTION…")
	plain, err := readDWARF(ts.MkAbs(args[0]))
	ts.Check(err)
	woven, err := readDWARF(ts.MkAbs(args[1]))
	ts.Check(err)
	differs := false
	for _, name := range args[2:] {
		want, err := functionLines(plain, name)
		ts.Check(err)
		got, err := functionLines(woven, name)
		ts.Check(err)
		if len(want) == 0 || len(got) == 0 {
			ts.Fatalf("no function %s in both binaries", name)
		}
		own := bodyLines(ts, name, want)
		for _, line := range missing(want, got) {
			ts.Logf("%s lost %s", name, line)
			differs = true
		}
		for _, line := range missing(got, want) {
			if !slices.Contains(own, line) {
				ts.Logf("%s gained %s", name, line)
				differs = true
			}
		}
	}
	if differs {
		ts.Fatalf("positions differ")
	}
}

// missing is what of all isn't in some.
func missing(all, some []string) (lines []string) {
	for _, line := range all {
		if !slices.Contains(some, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// bodyLines has the lines from brace to brace of a function: of the declarations with its name in the files of the lines,
// the one that has the most of them.
func bodyLines(ts *testscript.TestScript, name string, lines []string) (body []string) {
	short := name[strings.LastIndexAny(name, ".")+1:]
	most := 0
	for _, path := range paths(lines) {
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, sourcePath(ts, path), nil, 0)
		ts.Check(err)
		for _, declaration := range file.Decls {
			function, is := declaration.(*ast.FuncDecl)
			if !is || function.Name.Name != short || function.Body == nil {
				continue
			}
			var candidate []string
			for n := files.Position(function.Body.Lbrace).Line; n <= files.Position(function.Body.Rbrace).Line; n++ {
				candidate = append(candidate, fmt.Sprintf("%s:%d", path, n))
			}
			if has := len(lines) - len(missing(lines, candidate)); has > most {
				most, body = has, candidate
			}
		}
	}
	if most == 0 {
		ts.Fatalf("no source of %s found", name)
	}
	return body
}

func paths(lines []string) (all []string) {
	for _, line := range lines {
		if path, _, _ := strings.Cut(line, ":"); !slices.Contains(all, path) {
			all = append(all, path)
		}
	}
	return all
}

// sourcePath undoes -trimpath.
func sourcePath(ts *testscript.TestScript, path string) string {
	for _, directory := range []string{"", ts.Getenv("GOROOT_SRC"), ts.Getenv("GOMODCACHE")} {
		if _, err := os.Stat(filepath.Join(directory, path)); err == nil {
			return filepath.Join(directory, path)
		}
	}
	return ts.MkAbs(strings.TrimPrefix(path, "example.com/lines/"))
}

func readDWARF(path string) (*dwarf.Data, error) {
	if file, err := elf.Open(path); err == nil {
		defer file.Close()
		return file.DWARF()
	}
	file, err := macho.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return file.DWARF()
}

func functionLines(data *dwarf.Data, name string) (lines []string, err error) {
	var unit *dwarf.Entry
	entries := data.Reader()
	for {
		entry, err := entries.Next()
		if entry == nil || err != nil {
			return lines, err
		}
		if entry.Tag == dwarf.TagCompileUnit {
			unit = entry
			continue
		}
		low, has := entry.Val(dwarf.AttrLowpc).(uint64)
		if entry.Tag != dwarf.TagSubprogram || !has || entryName(data, entry) != name {
			continue
		}
		high, is := entry.Val(dwarf.AttrHighpc).(uint64)
		if !is {
			high = low + uint64(entry.Val(dwarf.AttrHighpc).(int64))
		}
		return unitLines(data, unit, low, high)
	}
}

// entryName of a function that was inlined elsewhere too is at its abstract origin.
func entryName(data *dwarf.Data, entry *dwarf.Entry) string {
	if name, has := entry.Val(dwarf.AttrName).(string); has {
		return name
	}
	origin, has := entry.Val(dwarf.AttrAbstractOrigin).(dwarf.Offset)
	if !has {
		return ""
	}
	reader := data.Reader()
	reader.Seek(origin)
	abstract, err := reader.Next()
	if err != nil || abstract == nil {
		return ""
	}
	name, _ := abstract.Val(dwarf.AttrName).(string)
	return name
}

func unitLines(data *dwarf.Data, unit *dwarf.Entry, low, high uint64) (lines []string, err error) {
	table, err := data.LineReader(unit)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var row dwarf.LineEntry
	for {
		err := table.Next(&row)
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		if row.Address < low || row.Address >= high || row.EndSequence {
			continue
		}
		line := fmt.Sprintf("%s:%d", row.File.Name, row.Line)
		if !seen[line] {
			seen[line] = true
			lines = append(lines, line)
		}
	}
}
