// SPDX-License-Identifier: Apache-2.0

package grpc

import "testing"

func TestEndpoint(t *testing.T) {
	for target, want := range map[string]string{
		"h:1": "h:1", "dns:///h:1": "h:1", "dns://server/h:1": "h:1", "passthrough:h:1": "h:1", "unix:/run/x": "/run/x", "unix:///run/x@y": "/run/x@y",
		"u:hunter2@h:1": "h:1", "dns:///u:hunter2@h:1": "h:1", "passthrough:u:hunter2@h:1": "h:1", "https://u:hunter2@h:1": "h:1",
	} {
		if got := endpoint(target); got != want {
			t.Errorf("%s: %s, want %s", target, got, want)
		}
	}
}
