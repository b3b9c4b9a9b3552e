// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"otel.runtime/otlp"
)

// tell writes a line on stderr; stdout belongs to the program.
func tell(line string) { fmt.Fprintln(os.Stderr, "otel: "+line) }

// An errorHandler tells at most so many errors of the SDK's in each period.
const (
	burst  = 5
	period = time.Minute
)

// errorHandler is an otel.ErrorHandler. The exporter's failures it leaves out:
// they are told where they happen.
type errorHandler struct {
	log io.Writer
	now func() time.Time

	mu     sync.Mutex
	since  time.Time // begin of the current period
	told   int       // in it
	silent int       // errors since the last line
}

func newErrorHandler(log io.Writer) *errorHandler { return &errorHandler{log: log, now: time.Now} }

func (h *errorHandler) Handle(err error) {
	var delivery *otlp.DeliveryError
	if err == nil || errors.As(err, &delivery) || isAboutSampler(err) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if now := h.now(); h.since.IsZero() || now.Sub(h.since) >= period {
		h.since, h.told = now, 0
	}
	if h.told == burst {
		h.silent++
		return
	}
	h.told++
	line := "otel: " + strings.Join(strings.Fields(err.Error()), " ")
	if h.silent > 0 {
		line += fmt.Sprintf(" (and %d other errors before)", h.silent)
		h.silent = 0
	}
	fmt.Fprintln(h.log, line)
}

// isAboutSampler knows what the SDK says of OTEL_TRACES_SAMPLER, which it reads
// though it is given a sampler; (settings).sampler has told it.
func isAboutSampler(err error) bool {
	text := err.Error()
	return strings.HasPrefix(text, "unsupported sampler: ") || strings.HasPrefix(text, "parsing sampler argument: ") ||
		strings.HasPrefix(text, "invalid trace ID ratio: ")
}
