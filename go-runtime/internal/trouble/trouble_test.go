// SPDX-License-Identifier: Apache-2.0

//go:build linux || darwin

package trouble

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// Each scene plays in a process of its own, as it changes what stderr is.
var scenes = map[string]func(file string){
	"as it was": func(string) {},
	"closed":    func(string) { syscall.Close(2) },
	"reused": func(file string) {
		syscall.Close(2)
		reopen(file, syscall.O_RDWR)
	},
	"redirected": func(file string) {
		syscall.Close(2)
		reopen(file, syscall.O_WRONLY|syscall.O_APPEND)
	},
	"replaced": func(file string) {
		os.Stderr, _ = os.OpenFile(file, os.O_WRONLY, 0)
	},
	"redirect function": func(file string) {
		Redirect(func(line string) { os.WriteFile(file, []byte("own: "+line+"\n"), 0) })
	},
}

// reopen gives file the lowest free descriptor, which is 2.
func reopen(file string, flags int) {
	if fd, err := syscall.Open(file, flags, 0); fd != 2 || err != nil {
		os.Exit(9)
	}
}

func TestMain(m *testing.M) {
	if scene := scenes[os.Getenv("SCENE")]; scene != nil {
		scene(os.Getenv("FILE"))
		Report("a line")
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestWhereALineGoes(t *testing.T) {
	for scene, want := range map[string][2]string{
		"as it was":         {"otel: a line\n", ""},
		"closed":            {"", ""},
		"reused":            {"", ""},
		"redirected":        {"", "otel: a line\n"},
		"replaced":          {"", "otel: a line\n"},
		"redirect function": {"", "own: a line\n"},
	} {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "SCENE="+scene, "FILE="+file)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Run(); err != nil {
			t.Errorf("%s: %v", scene, err)
		}
		text, _ := os.ReadFile(file)
		if got := [2]string{stderr.String(), string(text)}; got != want {
			t.Errorf("%s: %q, want %q", scene, got, want)
		}
	}
}
