// SPDX-License-Identifier: Apache-2.0

// Package gin has a program that serves with gin.
package gin

import (
	"testing"

	"libraries/libtest"
)

func TestGin(t *testing.T) { libtest.CompareServer(t, "gin", "github.com/gin-gonic/gin") }
