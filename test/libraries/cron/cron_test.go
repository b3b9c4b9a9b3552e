// SPDX-License-Identifier: Apache-2.0

// Package cron has a program whose jobs are run by robfig/cron.
package cron

import (
	"testing"

	"libraries/libtest"
)

func TestCron(t *testing.T) {
	libtest.EachVersion(t, "github.com/robfig/cron/v3", func(t *testing.T, _ string, requires []string) {
		libtest.CompareBuilds(t, "shop", requires)
	})
}
