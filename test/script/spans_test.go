// SPDX-License-Identifier: Apache-2.0

package script

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// span is a line of otel-receiver --json, as far as stories look at it.
type span struct {
	TraceID    string         `json:"trace_id"`
	SpanID     string         `json:"span_id"`
	Parent     string         `json:"parent_span_id"`
	Name       string         `json:"name"`
	Kind       string         `json:"kind"`
	Start      uint64         `json:"start_unix_nano"`
	End        uint64         `json:"end_unix_nano"`
	Attributes map[string]any `json:"attributes"`
	Resource   map[string]any `json:"resource"`
	Status     struct{ Code, Message string }
	Events     []struct{ Name string }
}

// settle is how long a file must hold as many spans as a story wants, so that one too many is seen.
const settle = 500 * time.Millisecond

// spans FILE COUNT: waits for so many spans, no more and no fewer, and prints their traces:
//
//	trace of my-app
//	  SERVER GET /greet
//	    http.request.method=GET
//	    …
//	    CLIENT GET
//
// The port in $APP (host:port) is written PORT, ports that the system chose *. An impossible time is an error.
func spans(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "spans FILE COUNT")
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	received := awaitSpans(ts, ts.MkAbs(args[0]), want)
	_, port, _ := strings.Cut(ts.Getenv("APP"), ":")
	forest := newForest(received)
	for _, problem := range forest.problems() {
		ts.Fatalf("%s", problem)
	}
	for _, root := range forest.children[""] {
		fmt.Fprintf(ts.Stdout(), "trace of %v\n", root.Resource["service.name"])
		forest.print(ts, root, "  ", port)
	}
}

func awaitSpans(ts *testscript.TestScript, path string, want int) []span {
	var received []span
	since := time.Now()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		now := readSpans(path)
		if len(now) != len(received) {
			since = time.Now()
		}
		received = now
		if len(received) > want || len(received) == want && time.Since(since) > settle {
			break
		}
	}
	if len(received) != want {
		bytes, _ := os.ReadFile(path)
		ts.Fatalf("%d spans came, not %d:\n%s", len(received), want, bytes)
	}
	return received
}

// readSpans leaves a line that is being written for later.
func readSpans(path string) []span {
	content, _ := os.ReadFile(path)
	var all []span
	for _, line := range bytes.Split(content, []byte("\n")) {
		var one span
		if json.Unmarshal(line, &one) == nil {
			all = append(all, one)
		}
	}
	return all
}

type forest struct {
	byID     map[string]span
	children map[string][]span // by parent; "" for roots
}

func newForest(all []span) forest {
	sort.SliceStable(all, func(i, j int) bool { return all[i].Start < all[j].Start })
	f := forest{map[string]span{}, map[string][]span{}}
	for _, one := range all {
		f.byID[one.SpanID] = one
		f.children[one.Parent] = append(f.children[one.Parent], one)
	}
	return f
}

func (f forest) problems() (all []string) {
	for _, one := range f.byID {
		parent, known := f.byID[one.Parent]
		switch {
		case one.End <= one.Start:
			all = append(all, fmt.Sprintf("span %s lasts %d ns", one.Name, int64(one.End-one.Start)))
		case one.Parent == "":
		case !known:
			all = append(all, fmt.Sprintf("the parent %s of span %s never came", one.Parent, one.Name))
		case parent.TraceID != one.TraceID:
			all = append(all, fmt.Sprintf("span %s is of another trace than its parent %s", one.Name, parent.Name))
		case one.Start < parent.Start:
			all = append(all, fmt.Sprintf("span %s starts before its parent %s", one.Name, parent.Name))
		}
	}
	return all
}

func (f forest) print(ts *testscript.TestScript, one span, indent, port string) {
	out := ts.Stdout()
	fmt.Fprintf(out, "%s%s %s\n", indent, one.Kind, one.Name)
	indent += "  "
	if one.Status.Code != "UNSET" {
		fmt.Fprintf(out, "%sstatus %s %s\n", indent, one.Status.Code, one.Status.Message)
	}
	keys := make([]string, 0, len(one.Attributes))
	for key := range one.Attributes {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		fmt.Fprintf(out, "%s%s=%s\n", indent, key, normalise(key, fmt.Sprint(one.Attributes[key]), port))
	}
	for _, event := range one.Events {
		fmt.Fprintf(out, "%sevent %s\n", indent, event.Name)
	}
	for _, child := range f.children[one.SpanID] {
		f.print(ts, child, indent, port)
	}
}

func normalise(key, value, port string) string {
	if strings.HasSuffix(key, ".port") && value != port {
		return "*"
	}
	if port == "" {
		return value
	}
	return strings.ReplaceAll(value, port, "PORT")
}
