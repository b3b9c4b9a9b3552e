// SPDX-License-Identifier: Apache-2.0

// Package zerolog has programs that log with zerolog.
package zerolog

import (
	"testing"

	"libraries/libtest"
)

func TestZerolog(t *testing.T) { libtest.CompareLogs(t, "zerolog", "github.com/rs/zerolog") }

func TestRecordsOfZerolog(t *testing.T) {
	libtest.CheckRecords(t, "redaction_zerolog", "github.com/rs/zerolog")
}

// Events have a context, records of slog become events, and writers decide by level
// and hide fields, in newer releases only.
func TestNewerRecordsOfZerolog(t *testing.T) {
	libtest.CheckRecords(t, "newer_zerolog", "github.com/rs/zerolog@v1.35.1")
}
