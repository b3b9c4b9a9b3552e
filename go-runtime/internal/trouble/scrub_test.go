// SPDX-License-Identifier: Apache-2.0

package trouble

import "testing"

func TestScrub(t *testing.T) {
	for message, want := range map[string]string{
		"nothing here": "nothing here",
		`parse "http://u:hunter2@host": x and https://hunter2@b/c, d@e`: `parse "http://REDACTED@host": x and https://REDACTED@b/c, d@e`,
		"x://u:a@hunter2/y@host": "x://REDACTED@host",
	} {
		if got := Scrub(message); got != want {
			t.Errorf("%s: got %s, want %s", message, got, want)
		}
	}
}

func TestScrubKnowsSecretsOfTheConfiguration(t *testing.T) {
	defer func() { secrets = nil }()
	Hide("Bearer hunter2")
	Hide("abc")
	if got := Scrub("the key abc-hunter2 isn't known"); got != "the key abc-REDACTED isn't known" {
		t.Error(got)
	}
}
