// SPDX-License-Identifier: Apache-2.0

// Package iris has a program that serves with iris.
package iris

import (
	"testing"

	"libraries/libtest"
)

func TestIris(t *testing.T) { libtest.CompareServer(t, "iris", "github.com/kataras/iris/v12") }
