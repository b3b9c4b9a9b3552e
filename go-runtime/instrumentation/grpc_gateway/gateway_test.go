// SPDX-License-Identifier: Apache-2.0

package grpcgateway

import "testing"

func TestRouteOf(t *testing.T) {
	for pattern, want := range map[string]string{
		"/v1/users/{id=*}": "/v1/users/{id}", "/v1/{name=shelves/*}/books/{book=*}:read": "/v1/{name=shelves/*}/books/{book}:read", "/v1/{path=**}": "/v1/{path=**}", "/": "/",
	} {
		if got := routeOf(pattern); got != want {
			t.Errorf("%s: %s, want %s", pattern, got, want)
		}
	}
}
