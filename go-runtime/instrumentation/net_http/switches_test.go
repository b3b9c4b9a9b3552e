// SPDX-License-Identifier: Apache-2.0

package nethttp

import "testing"

func TestSwitches(t *testing.T) {
	for list, want := range map[string]switched{
		"":                                       {},
		"gin, net/http:metrics, net/http:client": {client: true, metrics: true},
		"net/http":                               {server: true, client: true},
		"nethttp,net/http:server":                {server: true, client: true},
	} {
		if got := readSwitches(list); got != want {
			t.Errorf("%q: %+v", list, got)
		}
	}
}
