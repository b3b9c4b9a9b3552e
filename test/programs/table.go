// SPDX-License-Identifier: Apache-2.0

package programs

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// table is the document with a row for each program that was run.
const table = "../../docs/programs.md"

// figures are a program's row.
type figures struct {
	rebuilt         rebuilt
	plain, woven    int64 // bytes of the executables
	unchanged       times // of builds with nothing changed
	edited          times // with another body of function main
	spans           int
	passed, failing int // tests, in both builds
}

func (f figures) row(p Program) string {
	cells := []string{p.Name, p.Version, "", "", "", "", "", "", "", "", "", ""}
	if f.plain > 0 {
		r := f.rebuilt
		cells[2], cells[3], cells[4] = fmt.Sprint(r.packages), fmt.Sprint(r.added), fmt.Sprint(r.woven)
		cells[5], cells[6] = fmt.Sprint(r.others), fmt.Sprint(len(r.neither))
		cells[7] = fmt.Sprintf("%.1f → %.1f", float64(f.plain)/1e6, float64(f.woven)/1e6)
		cells[8], cells[9] = f.unchanged.String(), f.edited.String()
		cells[10] = fmt.Sprint(f.spans)
	}
	if f.passed+f.failing > 0 {
		cells[11] = fmt.Sprintf("%d, %d", f.passed, f.failing)
	}
	return "| " + strings.Join(cells, " | ") + " |"
}

// record puts a row into the document, in the place of the program's last one.
func record(t *testing.T, p Program, f figures) {
	t.Helper()
	lines, from, to := document(t)
	rows := slices.DeleteFunc(slices.Clone(lines[from:to]), func(line string) bool { return strings.HasPrefix(line, "| "+p.Name+" |") })
	rows = append(rows, f.row(p))
	slices.Sort(rows)
	lines = slices.Concat(lines[:from], rows, lines[to:])
	if err := os.WriteFile(table, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
		t.Fatal(err)
	}
}

// document is the lines of the document, and where the rows of its table are.
func document(t *testing.T) (lines []string, from, to int) {
	t.Helper()
	text, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	lines = strings.Split(string(text), "\n")
	from = 1 + slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "| ---") })
	if from == 0 {
		t.Fatalf("%s has no table", table)
	}
	for to = from; to < len(lines) && strings.HasPrefix(lines[to], "| "); {
		to++
	}
	return lines, from, to
}

func rowsOf(t *testing.T) []string {
	t.Helper()
	lines, from, to := document(t)
	return lines[from:to]
}
