// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// at makes a span that starts so many milliseconds after the first one.
func at(ms int, length time.Duration, s Span) Span {
	s.TraceID = "0af7"
	s.Start = time.Unix(1700000000, int64(ms)*1e6)
	s.End = s.Start.Add(length)
	return s
}

func TestTree(t *testing.T) {
	for _, c := range []struct {
		name  string
		spans []Span
		want  string
	}{
		{"one span", []Span{at(0, 1500*time.Microsecond, Span{SpanID: "1", Name: "job"})}, `
trace 0af7  1.5ms  1 span
└─ job  1.5ms
`},
		{"order, services, events, errors", []Span{
			at(5, 2345678*time.Nanosecond, Span{SpanID: "3", ParentID: "1", Name: "SELECT", Kind: "CLIENT", Service: "shop", Failed: true, Message: "no rows"}),
			at(2, time.Millisecond, Span{SpanID: "4", ParentID: "2", Name: "GET /stock", Kind: "SERVER", Service: "stock"}),
			at(0, 12*time.Millisecond, Span{SpanID: "1", Name: "GET /greet", Kind: "SERVER", Service: "shop",
				Attributes: []Attribute{{"z", "1"}, {"url.path", "/greet"}, {"http.request.method", "GET"}},
				Events:     []Event{{"exception", []Attribute{{"exception.stacktrace", "main.go:1"}, {"exception.type", "oops"}}}}}),
			at(1, 3*time.Millisecond, Span{SpanID: "2", ParentID: "1", Name: "GET", Kind: "CLIENT", Service: "shop", Events: []Event{{Name: "sent"}}}),
		}, `
trace 0af7  12ms  4 spans
└─ SERVER GET /greet  12ms  [shop]  http.request.method=GET url.path=/greet z=1
   │ exception  exception.type=oops +1 more
   ├─ CLIENT GET  3ms
   │  │ sent
   │  └─ SERVER GET /stock  1ms  [stock]
   └─ CLIENT SELECT  2.35ms  ERROR "no rows"
`},
		{"parent elsewhere", []Span{at(0, 0, Span{SpanID: "2", ParentID: "9", Name: "a"}), at(1, 0, Span{SpanID: "3", ParentID: "9", Name: "b"})}, `
trace 0af7  1ms  2 spans
├─ a  0s
└─ b  0s
`},
		{"circle", []Span{at(0, 0, Span{SpanID: "1", ParentID: "2", Name: "a"}), at(1, 0, Span{SpanID: "2", ParentID: "1", Name: "b"})}, `
trace 0af7  1ms  2 spans
└─ a  0s
   └─ b  0s
`},
		{"own parent, twice", []Span{at(0, 0, Span{SpanID: "1", ParentID: "1", Name: "a"}), at(0, 0, Span{SpanID: "1", ParentID: "1", Name: "b"})}, `
trace 0af7  0s  2 spans
└─ a  0s
   └─ b  0s
`},
		{"text from the network", []Span{at(0, 0, Span{SpanID: "1", Name: "a\x1b[2J", Attributes: []Attribute{{"k", "x\ny"}, {"l", ""}, {"m", strings.Repeat("é", 60)}}})}, `
trace 0af7  0s  1 span
└─ "a\x1b[2J"  0s  k="x\ny" l="" m=` + strings.Repeat("é", 50) + `…
`},
	} {
		if got := "\n" + string(Append(nil, c.spans)); got != c.want {
			t.Errorf("%s: got%s\nwant%s", c.name, got, c.want)
		}
	}
	if got := Append(nil, nil); len(got) != 0 {
		t.Errorf("nothing: %q", got)
	}
}

func TestManyAttributes(t *testing.T) {
	s := Span{SpanID: "1", Name: "a"}
	for i := 0; i < 9; i++ {
		s.Attributes = append(s.Attributes, Attribute{Key: fmt.Sprint("k", i), Value: "v"})
	}
	if got := string(Append(nil, []Span{at(0, 0, s)})); !strings.Contains(got, "k5=v +3 more\n") || strings.Contains(got, "k6") {
		t.Error(got)
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "0s", 999: "999ns", 1234567: "1.23ms", 12345678: "12.3ms", 1234567890: "1.23s", 75 * time.Second: "1m15s"} {
		if got := duration(d); got != want {
			t.Errorf("%d: %s, want %s", d, got, want)
		}
	}
}
