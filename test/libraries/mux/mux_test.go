// SPDX-License-Identifier: Apache-2.0

// Package mux has a program that serves with gorilla/mux.
package mux

import (
	"testing"

	"libraries/libtest"
)

func TestMux(t *testing.T) { libtest.CompareServer(t, "mux", "github.com/gorilla/mux") }
