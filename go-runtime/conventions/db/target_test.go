// SPDX-License-Identifier: Apache-2.0

package db

import (
	"errors"
	"net"
	"strings"
	"testing"
)

func TestServerHasNoUser(t *testing.T) {
	for address, want := range map[string]Target{
		"u:hunter2@h:6379": {Address: "h", Port: 6379}, ":hunter2@h:6379": {Address: "h", Port: 6379}, "h:6379": {Address: "h", Port: 6379}, "@abstract": {Address: "@abstract"},
	} {
		var got Target
		if got.SetServer(address); got != want {
			t.Errorf("%s: %+v", address, got)
		}
	}
}

func TestFailureOfANetworkTellsNoUser(t *testing.T) {
	err := &net.OpError{Op: "dial", Net: "tcp", Err: &net.AddrError{Err: "too many colons in address", Addr: "u:hunter2@h:6379"}}
	if f := Failed(errors.Join(err)); strings.Contains(f.Description, "hunter2") || !strings.Contains(f.Description, "h:6379") {
		t.Error(f.Description)
	}
}
