// SPDX-License-Identifier: Apache-2.0

package pattern

import "testing"

func TestMatches(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{"/healthz", "/healthz", true}, {"/healthz", "/healthz/x", false}, {"/debug/*", "/debug/pprof", true}, {"/debug/*", "/debug", false},
		{"*", "", true}, {"*.internal", "a.b.internal", true}, {"*.internal", "internal", false}, {"/users/*/avatar", "/users/7/avatar", true},
		{"/users/*/avatar", "/users/7/name", false}, {"a*b*c", "abc", true}, {"a*b*c", "acb", false}, {"a*a", "a", false}, {"", "", true},
	} {
		if got := Matches(test.pattern, test.text); got != test.want {
			t.Errorf("%s %s: %v", test.pattern, test.text, got)
		}
	}
}
