// SPDX-License-Identifier: Apache-2.0

package redistext

import (
	"strings"
	"testing"
)

func TestTextOfStrings(t *testing.T) {
	for _, test := range []struct {
		words []string
		text  string
	}{
		{[]string{"set", "k", "secret"}, "SET k ?"},
		{[]string{"EVALSHA", "secret", "2", "k", "l", "secret"}, "EVALSHA ? ? k l ?"},
		{[]string{"EVAL", "secret", "secret", "secret"}, "EVAL ? ? ?"},
		{[]string{"GET", "session:secret"}, "GET session:REDACTED"},
		{[]string{"", "secret"}, "UNKNOWN ?"},
	} {
		if got := Text(test.words[0], test.words[1:]); got != test.text {
			t.Errorf("%v: got %q, want %q", test.words, got, test.text)
		}
	}
}

func TestTextOfAPipelineIsBounded(t *testing.T) {
	text := ""
	for range 1000 {
		text = Joined(text, func() string { return "GET " + strings.Repeat("k", 100) })
	}
	if len(text) > 2*maxText || !strings.HasSuffix(text, "k; …") || strings.Count(text, "…") != 1 {
		t.Errorf("%d bytes, ends with %q", len(text), text[len(text)-20:])
	}
}

func TestAnsweredTellsNoMessage(t *testing.T) {
	for message, want := range map[string]string{"WRONGTYPE Operation": "WRONGTYPE", "ERR unknown 'secret'": "ERR", "secret": "redis.Error", "": "redis.Error"} {
		if got := Answered(message); got.Type != want || got.Description != "" {
			t.Errorf("%q: %+v", message, got)
		}
	}
}
