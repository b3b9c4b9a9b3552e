// SPDX-License-Identifier: Apache-2.0

package printed

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"otel.runtime/exporter/otlp"
	"otel.runtime/internal/batch"
	"otel.runtime/telemetry/logs"
)

func text(fields []Field) string {
	var all []string
	for _, f := range fields {
		all = append(all, fmt.Sprintf("%s=%v(%T)", f.Key, f.Value, f.Value))
	}
	return strings.Join(all, " ")
}

func TestLines(t *testing.T) {
	for line, want := range map[string]string{
		`{"a":1,"b":-1.5,"c":"x\n","d":true,"e":null,"g":{"h":"i","j":{"k":[1,2]}},"l":{}}` + "\n": "a=1(int64) b=-1.5(float64) c=x\n(string) d=true(bool) e=<nil>(<nil>) g.h=i(string) g.j.k=[1,2](string) l={}(string)",
		`{"a":12345678901234567890}`: "a=1.2345678901234567e+19(float64)",
		`{"a":1} behind`:             "a=1(int64)",
		`{"a":1`:                     "not",
		`["a"]`:                      "not",
		`words`:                      "not",
		``:                           "not",
	} {
		fields, ok := JSON([]byte(line))
		if got := text(fields); got != want && !(want == "not" && !ok) {
			t.Errorf("%s: got %s", line, got)
		}
	}
	for line, want := range map[string]string{
		"a=1 b=x \"c d\"=\"e \\\"f\\\"\" g=\n": `a=1(string) b=x(string) c d=e "f"(string) g=(string)`,
		`a=`:                                   `a=(string)`,
		`words only`:                           "not",
		`a="b`:                                 "not",
		`a="b"c`:                               "not",
		`a=b c`:                                "not",
	} {
		fields, ok := Text(line)
		if got := text(fields); got != want && !(want == "not" && !ok) {
			t.Errorf("%s: got %s, %v", line, got, ok)
		}
	}
	if got := text(Trailing([]byte("info\tmessage {x}\t{\"a\":1}\nstack }\n"), "\t")); got != "a=1(int64)" {
		t.Error(got)
	}
}

func FuzzLines(f *testing.F) {
	f.Add(`{"a":{"b":[1,"x"]}} c="d" e=f`)
	f.Fuzz(func(t *testing.T, line string) {
		JSON([]byte(line))
		Text(line)
		Trailing([]byte(line), "\t")
	})
}

type collecting struct {
	mu  sync.Mutex
	all []string
}

func (c *collecting) ExportLogs(_ context.Context, records []otlp.LogRecord) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range records {
		line := r.Body
		for _, a := range r.Attributes {
			line += fmt.Sprintf(" %s=%s", a.Key, a.Value.Emit())
		}
		c.all = append(c.all, line)
	}
	return nil
}

func exported(t *testing.T, run func()) []string {
	t.Helper()
	to := &collecting{}
	logs.Start(logs.Pipeline{Limits: batch.Limits{Delay: time.Hour, Timeout: time.Second, Queue: 1000, Batch: 100}, To: []logs.Exporter{to}})
	run()
	if err := logs.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	return to.all
}

func line(at time.Time, message string, fields ...Field) Record {
	return Record{Entry: logs.Entry{Time: at, Message: message, Severity: 9}, Lines: fields}
}

func TestARecordIsExportedOnce(t *testing.T) {
	at := func(n int) time.Time { return time.Unix(1, int64(n)) }
	got := exported(t, func() {
		Begin(at(1), nil)
		Add(line(at(1), "one", Field{"a", 1}))
		End(at(1))

		Begin(at(2), nil)
		Add(line(at(2), "two, once masked", Field{"a", 1}, Field{"b", "***"}, Field{"c", true}))
		Add(line(at(2), "two, once masked", Field{"a", "1"}, Field{"b", "secret"}))
		End(at(2))

		Begin(at(3), nil)
		Add(line(at(3), "bridged"))
		Bridged(at(3))
		if !End(at(3)) {
			t.Error("what is bridged is no longer known")
		}

		Begin(at(4), nil)
		if End(at(4)) {
			t.Error("nothing was printed")
		}
		Add(line(at(4), "later", Field{"a", 1}))

		if !Begin(at(5), nil) || Begin(at(5), nil) {
			t.Error("two of a time")
		}
		Add(line(at(5), "masked"))
		Add(line(at(5), "not masked"))
		End(at(5))
		if Begin(time.Time{}, nil) {
			t.Error("no time")
		}
	})
	want := "one a=1|two, once masked a=1|later a=1|"
	if strings.Join(got, "|") != want {
		t.Errorf("got %q", got)
	}
}

type masker struct{ io.Writer }
type plainly struct{ io.Writer }

func TestWritersThatPrint(t *testing.T) {
	for _, test := range []struct {
		writer any
		want   bool
	}{
		{os.Stdout, true}, {io.Discard, true}, {plainly{&bytes.Buffer{}}, true}, {bufio.NewWriter(os.Stdout), true},
		{io.MultiWriter(os.Stdout, os.Stderr), true},
		{&bytes.Buffer{}, false}, {&strings.Builder{}, false}, {&io.PipeWriter{}, false}, {masker{os.Stdout}, false}, {nil, false},
		{io.MultiWriter(os.Stdout, &masker{}), false}, {bufio.NewWriter(&bytes.Buffer{}), false}, {(*os.File)(nil), false},
	} {
		if got := IsPlain(test.writer); got != test.want {
			t.Errorf("%T: %v", test.writer, got)
		}
	}
}
