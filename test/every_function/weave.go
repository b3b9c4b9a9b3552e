// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// run is one build with the targets of one group woven in one mode.
type run struct {
	weaver, mode, work string
	directory          string // where go test is run; "" for the standard library
	overlay            map[string]string
}

// listed is what go list says of a package.
type listed struct {
	Dir, Name         string
	GoFiles, CgoFiles []string
}

// output runs a command and returns what it prints, or an error with what it
// said.
func output(directory, name string, args ...string) ([]byte, error) {
	command := exec.Command(name, args...)
	command.Dir = directory
	out, err := command.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return out, fmt.Errorf("%s %s: %v\n%s", filepath.Base(name), strings.Join(args[:min(len(args), 4)], " "), err, exit.Stderr)
	}
	return out, err
}

func (r *run) list(path string) (listed, error) {
	var package_ listed
	out, err := output(r.directory, "go", "list", "-json=Dir,Name,GoFiles,CgoFiles", path)
	if err == nil {
		err = json.Unmarshal(out, &package_)
	}
	return package_, err
}

// copyModule makes a copy that may be written.
func (r *run) copyModule(module string) error {
	out, err := output("", "go", "mod", "download", "-json", module)
	if err != nil {
		return err
	}
	var downloaded struct{ Dir string }
	if err := json.Unmarshal(out, &downloaded); err != nil {
		return err
	}
	r.directory = filepath.Join(r.work, "module")
	if err := os.CopyFS(r.directory, os.DirFS(downloaded.Dir)); err != nil {
		return err
	}
	return filepath.WalkDir(r.directory, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chmod(path, 0o755)
	})
}

// put adds a file to what go sees of a directory.
func (r *run) put(directory, name string, text []byte) error {
	path := filepath.Join(r.work, "hooks", strings.ReplaceAll(directory, "/", "_"), name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	r.overlay[filepath.Join(directory, name)] = path
	return os.WriteFile(path, text, 0o666)
}

// weave puts the woven files of a target, and its hooks, into the overlay.
func (r *run) weave(t target) error {
	package_, err := r.list(t.path)
	if err != nil {
		return err
	}
	out := filepath.Join(r.work, "woven", t.directoryName())
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	args := []string{r.mode, out, t.path}
	for _, name := range append(package_.GoFiles, package_.CgoFiles...) {
		args = append(args, filepath.Join(package_.Dir, name))
	}
	said, err := output("", r.weaver, args...)
	if err != nil {
		return err
	}
	var weaves []woven
	refused := 0
	for line := range strings.Lines(string(said)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch fields[0] {
		case "woven":
			weaves = append(weaves, woven{fields[1], fields[2], fields[3]})
		case "refused":
			refused++
		case "file":
			r.overlay[filepath.Join(package_.Dir, fields[1])] = filepath.Join(out, fields[1])
		}
	}
	fmt.Printf("%-8s %-40s %5d hooked, %d refused\n", r.mode, t.path, len(weaves), refused)
	if len(weaves) == 0 {
		return fmt.Errorf("nothing of %s is woven", t.path)
	}
	if err := r.put(package_.Dir, "otel.hooks.go", []byte(hookSource(package_.Name, weaves))); err != nil {
		return err
	}
	if r.mode == "value" {
		return nil
	}
	return r.put(package_.Dir, "zz_otel_every_test.go", fmt.Appendf(nil, hooksTest, package_.Name, t.path))
}

func (r *run) all(targets []target) error {
	if err := os.MkdirAll(r.work, 0o777); err != nil {
		return err
	}
	r.overlay = map[string]string{}
	if module := targets[0].module; module != "" {
		if err := r.copyModule(module); err != nil {
			return err
		}
	}
	for _, t := range targets {
		if err := r.weave(t); err != nil {
			return err
		}
	}
	overlay := filepath.Join(r.work, "overlay.json")
	text, err := json.Marshal(map[string]any{"Replace": r.overlay})
	if err != nil {
		return err
	}
	if err := os.WriteFile(overlay, text, 0o666); err != nil {
		return err
	}
	var wrong []error
	for _, t := range targets {
		if err := r.compare(t, overlay); err != nil {
			wrong = append(wrong, err)
		}
	}
	return errors.Join(wrong...)
}
