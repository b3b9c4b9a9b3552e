// SPDX-License-Identifier: Apache-2.0

// Package logrus has programs that log with logrus.
package logrus

import (
	"testing"

	"libraries/libtest"
)

func TestLogrus(t *testing.T) { libtest.CompareLogs(t, "logrus", "github.com/sirupsen/logrus") }

func TestRecordsOfLogrus(t *testing.T) {
	libtest.CheckRecords(t, "redaction_logrus", "github.com/sirupsen/logrus")
}
