// SPDX-License-Identifier: Apache-2.0

// Package chi has a program that serves with chi.
package chi

import (
	"testing"

	"libraries/libtest"
)

func TestChi5(t *testing.T) { libtest.CompareServer(t, "chi", "github.com/go-chi/chi/v5") }

func TestChi1(t *testing.T) {
	libtest.CompareServer(t, "chi", "github.com/go-chi/chi", "github.com/go-chi/chi/v5", "github.com/go-chi/chi")
}
