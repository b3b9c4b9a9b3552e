// SPDX-License-Identifier: Apache-2.0

// Package gorestful has a program that serves with go-restful.
package gorestful

import (
	"testing"

	"libraries/libtest"
)

func TestGoRestful(t *testing.T) {
	libtest.CompareServer(t, "restful", "github.com/emicklei/go-restful/v3")
}
