// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel"

	"otel.runtime/exporter/otlp"
	"otel.runtime/internal/apart"
	"otel.runtime/internal/setting"
)

// reported is what the support module reports as an error of OpenTelemetry's, so that a
// program which has set an error handler of its own gets it.
type told struct{ line string }

func (t told) Error() string { return t.line }

// throughErrorHandler is where the support module's lines go once there is an error
// handler.
func throughErrorHandler(line string) { apart.Outside(func() { otel.Handle(told{line}) }) }

// isSilent reports whether OTEL_LOG_LEVEL leaves nothing of what is told here,
// which is at most an error.
func (s settings) isSilent() bool {
	switch level := strings.ToLower(s.get("OTEL_LOG_LEVEL")); level {
	case "none", "off", "fatal", "fatal2", "fatal3", "fatal4":
		return true
	case "", "trace", "trace2", "trace3", "trace4", "debug", "debug2", "debug3", "debug4", "info", "info2", "info3", "info4",
		"warn", "warn2", "warn3", "warn4", "error", "error2", "error3", "error4":
		return false
	default:
		s.report(fmt.Sprintf("OTEL_LOG_LEVEL: unknown level %s; known are trace, debug, info, warn, error, fatal and none", setting.Quote(level)))
		return false
	}
}

// An errorHandler reports at most so many errors of the SDK's in each period.
const (
	burst  = 5
	period = time.Minute
)

// errorHandler is an otel.ErrorHandler. The exporter's failures it leaves out:
// they are told where they happen.
type errorHandler struct {
	log    func(line string)
	now    func() time.Time
	silent bool

	mu     sync.Mutex
	since  time.Time // begin of the current period
	told   int       // in it
	passed int       // errors since the last line
}

func newErrorHandler(log func(line string)) *errorHandler {
	return &errorHandler{log: log, now: time.Now}
}

func (h *errorHandler) Handle(err error) {
	if line, ours := err.(told); ours {
		if !h.silent {
			h.log(line.line)
		}
		return
	}
	var delivery *otlp.DeliveryError
	if err == nil || h.silent || errors.As(err, &delivery) || isAboutSampler(err) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if now := h.now(); h.since.IsZero() || now.Sub(h.since) >= period {
		h.since, h.told = now, 0
	}
	if h.told == burst {
		h.passed++
		return
	}
	h.told++
	line := strings.Join(strings.Fields(err.Error()), " ")
	if before, _, quoting := strings.Cut(line, "missing value: "); quoting { // the entries of OTEL_RESOURCE_ATTRIBUTES without =
		line = before + "missing value in OTEL_RESOURCE_ATTRIBUTES"
	}
	if h.passed > 0 {
		line += fmt.Sprintf(" (and %d other errors before)", h.passed)
		h.passed = 0
	}
	h.log(line)
}

// isAboutSampler knows what the SDK says of OTEL_TRACES_SAMPLER, which it reads
// though it is given a sampler; (settings).sampler has told it.
func isAboutSampler(err error) bool {
	text := err.Error()
	return strings.HasPrefix(text, "unsupported sampler: ") || strings.HasPrefix(text, "parsing sampler argument: ") ||
		strings.HasPrefix(text, "invalid trace ID ratio: ")
}
