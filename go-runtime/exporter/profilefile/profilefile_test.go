// SPDX-License-Identifier: Apache-2.0

package profilefile

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"otel.runtime/profile"
)

// window ends at second n.
func window(n int) []*profile.Profile {
	at := time.Unix(int64(n), 0)
	types := []profile.ValueType{{Type: "goroutine", Unit: "count"}}
	return []*profile.Profile{{Kind: profile.Goroutine, Start: at, End: at, Types: types}, {Kind: profile.Heap, Start: at, End: at, Types: types}}
}

func TestTheNewestFilesAreKept(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "made", "here")
	e := New(directory, 3, func(line string) { t.Error(line) })
	others := []string{"notes.txt", "20200101T000000.000000Z-1-cpu.pb", "cpu.pb.gz"}
	for n := 1; n < 4; n++ {
		if err := e.ExportProfiles(context.Background(), window(n)); err != nil {
			t.Fatal(err)
		}
		for _, name := range others {
			if err := os.WriteFile(filepath.Join(directory, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	entries, err := os.ReadDir(directory)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	all := strings.Join(names, " ")
	for _, want := range append(others, "19700101T000003.000000Z-", "19700101T000002.000000Z-", "-heap.pb.gz", "-goroutine.pb.gz") {
		if !strings.Contains(all, want) {
			t.Errorf("no %s", want)
		}
	}
	if err != nil || len(names) != len(others)+3 {
		t.Errorf("%v %q", err, names)
	}
	if info, err := os.Stat(filepath.Join(directory, names[0])); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// A process that ends while it writes leaves a file behind.
func TestAbandonedFilesAreRemoved(t *testing.T) {
	directory := t.TempDir()
	old, young, other := filepath.Join(directory, ".otel-profile-1"), filepath.Join(directory, ".otel-profile-2"), filepath.Join(directory, ".other-1")
	for _, file := range []string{old, young, other} {
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if at := time.Now().Add(-2 * time.Hour); file != young {
			if err := os.Chtimes(file, at, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := New(directory, 3, func(line string) { t.Error(line) }).ExportProfiles(context.Background(), window(1)); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]bool{old: false, young: true, other: true} {
		if _, err := os.Lstat(file); (err == nil) != want {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestTroubleIsReportedOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var told []string
	e := New(file, 3, func(line string) { told = append(told, line) })
	for n := 1; n < 4; n++ {
		if e.ExportProfiles(context.Background(), window(n)) == nil {
			t.Error("written")
		}
	}
	if len(told) != 1 || !strings.HasPrefix(told[0], "profiles aren't written: ") {
		t.Errorf("%q", told)
	}
}
