// SPDX-License-Identifier: Apache-2.0

package script

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// describeTree has a line for each file and directory: name, mode, modification time in nanoseconds, digest.
func describeTree(ts *testscript.TestScript, root string) string {
	var lines strings.Builder
	ts.Check(filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		digest := "-"
		if info.Mode().IsRegular() {
			bytes, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			digest = fmt.Sprintf("%x", sha256.Sum256(bytes))
		}
		fmt.Fprintln(&lines, name, info.Mode(), info.ModTime().UnixNano(), digest)
		return nil
	}))
	return lines.String()
}
