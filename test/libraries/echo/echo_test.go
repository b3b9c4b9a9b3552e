// SPDX-License-Identifier: Apache-2.0

// Package echo has programs that serve with echo.
package echo

import (
	"testing"

	"libraries/libtest"
)

func TestEcho4(t *testing.T) { libtest.CompareServer(t, "echo4", "github.com/labstack/echo/v4") }

func TestEcho5(t *testing.T) { libtest.CompareServer(t, "echo5", "github.com/labstack/echo/v5") }
