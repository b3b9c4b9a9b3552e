// SPDX-License-Identifier: Apache-2.0

// Package zap has programs that log with zap.
package zap

import (
	"testing"

	"libraries/libtest"
)

func TestZap(t *testing.T) { libtest.CompareLogs(t, "zap", "go.uber.org/zap") }

func TestRecordsOfZap(t *testing.T) { libtest.CheckRecords(t, "redaction_zap", "go.uber.org/zap") }
