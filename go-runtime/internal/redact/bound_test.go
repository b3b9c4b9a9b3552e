// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"strings"
	"testing"
)

// A peer makes what is looked at as long as it likes. These took quadratic time,
// hours for a megabyte, before it was bounded.
func TestLongTextsAreCut(t *testing.T) {
	for _, unit := range []string{"?a=http://", "a=http%3A%2F%2Fh%3F", "password=\"", "a:b@tcp(", "password='\\", "://a b:", "a@b ", "x=y&", "word "} {
		long := strings.Repeat(unit, (1<<20)/len(unit))
		for name, told := range map[string]string{"Text": Text(long), "Query": Query(long, nil)} {
			if len(told) > 3*longest {
				t.Errorf("%s tells %d bytes of many %q", name, len(told), unit)
			}
		}
	}
	cut := Text(strings.Repeat("word ", 1<<20))
	if !strings.HasPrefix(cut, "word word ") || !strings.HasSuffix(cut, "word …") {
		t.Errorf("a long message ends in %q", cut[len(cut)-20:])
	}
	if got := Query("q="+strings.Repeat("x", longestValue+1)+"&page=2", nil); got != "q=REDACTED&page=2" {
		t.Errorf("a long value is told as %.40s", got)
	}
}

// What is within too many others isn't looked into, and isn't told.
func TestValuesDeepWithinOthers(t *testing.T) {
	within := "https://h/?a=b"
	for range deepest {
		if got := Query("next="+within, nil); got != "next="+within {
			t.Errorf("%s is told as %s", within, got)
		}
		within = "https://h/?next=" + within
	}
	within = "https://h/?next=" + within
	if got := Query("next="+within, nil); got != "next=REDACTED" {
		t.Errorf("%s is told as %s", within, got)
	}
}
