// SPDX-License-Identifier: Apache-2.0

package life

import (
	"fmt"
	"strconv"
	"time"

	"otel.runtime/internal/setting"
	"otel.runtime/internal/trouble"
)

const defaultTimeout = 5 * time.Second

// flushTimeout reads OTEL_GO_FLUSH_TIMEOUT: a duration, or milliseconds as
// OpenTelemetry's own variables have them.
func flushTimeout(text string) time.Duration {
	if text == "" {
		return defaultTimeout
	}
	if ms, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(ms) * time.Millisecond
	}
	if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return d
	}
	trouble.Report(fmt.Sprintf("OTEL_GO_FLUSH_TIMEOUT: %s is no duration, such as 2s or 2000; using %v", setting.Quote(text), defaultTimeout))
	return defaultTimeout
}
