// SPDX-License-Identifier: Apache-2.0

package script

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// tamper PATTERN: adds a comment to the Go files of the zip archives that match, as somebody would who has got hold of a
// module proxy.
func tamper(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "tamper PATTERN")
	archives, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(archives) == 0 {
		ts.Fatalf("no archive matches %s", args[0])
	}
	for _, path := range archives {
		ts.Check(rewriteArchive(path))
	}
}

func rewriteArchive(path string) error {
	from, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	defer to.Close()
	archive := zip.NewWriter(to)
	for _, file := range from.File {
		if err := copyFile(archive, file); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return os.Rename(to.Name(), path)
}

func copyFile(archive *zip.Writer, file *zip.File) error {
	content, err := file.Open()
	if err != nil {
		return err
	}
	defer content.Close()
	entry, err := archive.Create(file.Name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(entry, content); err != nil {
		return err
	}
	if strings.HasSuffix(file.Name, ".go") {
		_, err = io.WriteString(entry, "\n// A word more.\n")
	}
	return err
}
