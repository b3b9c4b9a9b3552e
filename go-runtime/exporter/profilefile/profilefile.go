// SPDX-License-Identifier: Apache-2.0

// Package profilefile keeps profiles as files that go tool pprof reads, the newest
// ones of a directory.
package profilefile

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"time"

	"otel.runtime/profile"
	"otel.runtime/profile/pprof"
)

// Exporter is a profile.Exporter.
type Exporter struct {
	directory string
	most      int
	report    func(line string)
	failing   bool
}

var _ profile.Exporter = (*Exporter)(nil)

// New makes an exporter that keeps at most so many files; others of the directory
// aren't touched. Nothing is written before the first export. Trouble is reported
// once until it is over.
func New(directory string, most int, report func(line string)) *Exporter {
	if absolute, err := filepath.Abs(directory); err == nil { // the program may change its own
		directory = absolute
	}
	return &Exporter{directory: directory, most: most, report: report}
}

// ExportProfiles writes one file for each profile.
func (e *Exporter) ExportProfiles(_ context.Context, window []*profile.Profile) error {
	err := e.export(window)
	if err != nil && !e.failing {
		e.report(fmt.Sprintf("profiles aren't written: %v; the program is not affected", err))
	}
	e.failing = err != nil
	return err
}

// Shutdown has nothing to do.
func (e *Exporter) Shutdown(context.Context) error { return nil }

func (e *Exporter) export(window []*profile.Profile) error {
	if err := os.MkdirAll(e.directory, 0o700); err != nil {
		return err
	}
	for _, p := range window {
		if err := e.write(p); err != nil {
			return err
		}
	}
	return e.trim()
}

// write has the file appear under its name when it is complete.
func (e *Exporter) write(p *profile.Profile) error {
	content, err := pprof.Compressed(p, pprof.Spans)
	if err != nil {
		return err
	}
	to, err := os.CreateTemp(e.directory, unfinished)
	if err != nil {
		return err
	}
	_, err = to.Write(content)
	if closed := to.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(to.Name(), filepath.Join(e.directory, name(p)))
	}
	if err != nil {
		os.Remove(to.Name())
	}
	return err
}

// name sorts by the end of the window.
func name(p *profile.Profile) string {
	return fmt.Sprintf("%s-%d-%s.pb.gz", p.End.UTC().Format("20060102T150405.000000Z"), os.Getpid(), p.Kind)
}

// named is what name makes.
const named = "[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z-*-*.pb.gz"

// unfinished is the name of a file that is being written. A process that ends meanwhile
// leaves it behind.
const unfinished = ".otel-profile-*"

// abandoned is the age at which nobody writes such a file any more.
const abandoned = time.Hour

// trim removes the oldest files beyond what is kept, and abandoned ones, whichever
// process wrote them.
func (e *Exporter) trim() error {
	entries, err := os.ReadDir(e.directory)
	if err != nil {
		return err
	}
	var ours []string
	for _, entry := range entries {
		if !entry.Type().IsRegular() {
			continue
		}
		if is, _ := filepath.Match(named, entry.Name()); is {
			ours = append(ours, entry.Name())
		}
		if is, _ := filepath.Match(unfinished, entry.Name()); is {
			if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > abandoned {
				_ = os.Remove(filepath.Join(e.directory, entry.Name()))
			}
		}
	}
	sort.Strings(ours)
	for len(ours) > e.most {
		if err := os.Remove(filepath.Join(e.directory, ours[0])); err != nil && !os.IsNotExist(err) {
			return err
		}
		ours = ours[1:]
	}
	return nil
}
