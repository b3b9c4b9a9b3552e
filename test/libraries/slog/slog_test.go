// SPDX-License-Identifier: Apache-2.0

// Package slog has programs that log with slog.
package slog

import (
	"testing"

	"libraries/libtest"
)

func TestSlog(t *testing.T) { libtest.CompareLogs(t, "slog", "") }

func TestRecordsOfSlog(t *testing.T) { libtest.CheckRecords(t, "redaction_slog", "") }
