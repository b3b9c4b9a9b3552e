// SPDX-License-Identifier: Apache-2.0

// Package programs builds programs that nobody here wrote, plain and woven, and
// compares what they are made of, what they say and do, what they export, and
// what their own tests make of it. programs.yaml lists them.
package programs

import (
	"fmt"
	"os"
	"slices"

	"otel.runtime/sdk/config/yaml"
)

// Program is one entry of programs.yaml.
type Program struct {
	Name            string
	Module, Version string
	Toolchain       string            // Go release that it needs; "" is the one here
	Write           map[string]string // files that are added to the module, by their names
	Requires        []string          // what go.mod requires beside, as module@version
	Main            string            // the main package; "" is the module's root, and "none" that there is none
	Says            [][]string        // arguments with which it prints something and ends
	Env             []string          // of what is run
	Runs            [][]string        // arguments of commands that are run in this order
	Serve           *Server           // nil if it serves nothing
	Attributes      []string          // that it gives to the current span itself
	Tests           []string          // packages whose tests are run
	TestEnv         []string          // of these
}

// Server is how a program is run that serves HTTP.
type Server struct {
	Args     []string
	Files    map[string]string // that it reads, by their names in ${TMP}
	Port     string            // where it listens; "" is ${PORT}
	Requests []string          // paths, "METHOD path" or "METHOD path body"; the first is asked for until it is answered
	Spans    []string          // names that SERVER spans must have, among others
}

// read reads the list.
func read(file string) ([]Program, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	root, err := yaml.Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s:%w", file, err)
	}
	var all []Program
	for _, item := range root.Items {
		p := Program{}
		err = decode(item, keys{
			"name": &p.Name, "module": &p.Module, "version": &p.Version, "toolchain": &p.Toolchain, "main": &p.Main, "write": &p.Write, "requires": &p.Requires, "says": &p.Says, "env": &p.Env,
			"runs": &p.Runs, "serve": &p.Serve, "attributes": &p.Attributes, "tests": &p.Tests, "test_env": &p.TestEnv,
		})
		if err == nil && (p.Name == "" || p.Module == "" || p.Version == "") {
			err = fmt.Errorf("%d:%d: a program needs name, module and version", item.Line, item.Column)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%w", file, err)
		}
		all = append(all, p)
	}
	return all, nil
}

// keys are those of a mapping, with where their values go.
type keys map[string]any

func decode(n *yaml.Node, into keys) error {
	for _, entry := range n.Entries {
		to, known := into[entry.Key]
		if !known {
			return fmt.Errorf("%d:%d: unknown key %q", entry.Line, entry.Column, entry.Key)
		}
		switch to := to.(type) {
		case *string:
			*to = entry.Value.Text
		case *[]string:
			*to = texts(entry.Value)
		case *[][]string:
			for _, item := range entry.Value.Items {
				*to = append(*to, texts(item))
			}
		case *map[string]string:
			*to = map[string]string{}
			for _, file := range entry.Value.Entries {
				(*to)[file.Key] = file.Value.Text
			}
		case **Server:
			s := &Server{}
			*to = s
			err := decode(entry.Value, keys{"args": &s.Args, "files": &s.Files, "port": &s.Port, "requests": &s.Requests, "spans": &s.Spans})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func texts(n *yaml.Node) []string {
	all := []string{}
	for _, item := range n.Items {
		all = append(all, item.Text)
	}
	return slices.Clip(all)
}
