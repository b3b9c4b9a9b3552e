// SPDX-License-Identifier: Apache-2.0

// Package httprouter has a program that serves with julienschmidt/httprouter.
package httprouter

import (
	"testing"

	"libraries/libtest"
)

func TestHTTPRouter(t *testing.T) {
	libtest.CompareServer(t, "httprouter", "github.com/julienschmidt/httprouter")
}
