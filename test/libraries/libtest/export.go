// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// exportData is that of a package in go's build cache.
func exportData(t testing.TB, actionID string) []byte {
	t.Helper()
	data, err := ExportData(Archive(t, actionID))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Archive is a compiled package in go's build cache, which is asked for by the
// action ID as -debug-actiongraph has it: the first 15 bytes of the key, encoded
// in base64 (cmd/internal/buildid, HashToString).
func Archive(t testing.TB, actionID string) []byte {
	t.Helper()
	key, err := base64.RawURLEncoding.DecodeString(actionID)
	if err != nil || len(key) == 0 {
		t.Fatalf("action ID %q: %v", actionID, err)
	}
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	folder := strings.TrimSpace(string(cache))
	prefix := hex.EncodeToString(key)
	entries, _ := filepath.Glob(filepath.Join(folder, prefix[:2], prefix+"*-a"))
	if len(entries) != 1 {
		t.Fatalf("%d entries of action %s in %s", len(entries), actionID, folder)
	}
	entry, err := os.ReadFile(entries[0])
	// "v1", the key, the digest of what is stored, its size and the time.
	words := strings.Fields(string(entry))
	if err != nil || len(words) != 5 {
		t.Fatalf("%s: %q %v", entries[0], entry, err)
	}
	archive, err := os.ReadFile(filepath.Join(folder, words[2][:2], words[2]+"-d"))
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// ExportData is what an archive shows to those who import the package:
// "__.PKGDEF", which comes first, without its header, where the build ID is.
func ExportData(archive []byte) ([]byte, error) {
	const magic, name, header = "!<arch>\n", "__.PKGDEF", 60
	if len(archive) < len(magic)+header || !bytes.HasPrefix(archive, []byte(magic+name)) {
		return nil, fmt.Errorf("no archive with %s", name)
	}
	entry := archive[len(magic):]
	size, err := strconv.Atoi(strings.TrimSpace(string(entry[48:58])))
	if err != nil || size > len(entry)-header {
		return nil, fmt.Errorf("%s of size %q", name, entry[48:58])
	}
	_, data, found := bytes.Cut(entry[header:header+size], []byte("\n$$B\n"))
	if !found {
		return nil, fmt.Errorf("%s without export data", name)
	}
	return data, nil
}
