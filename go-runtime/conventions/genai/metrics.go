// SPDX-License-Identifier: Apache-2.0

package genai

import (
	"time"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions"
	"otel.runtime/telemetry/meter"
)

var (
	durations = []float64{0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92}
	tokens    = []float64{1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864}

	scope = meter.Scope{Name: "otel.runtime/genai", SchemaURL: conventions.SchemaURL}
)

// https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/
var (
	duration = meter.Histogram{Scope: scope, Name: "gen_ai.client.operation.duration", Unit: "s",
		Description: "GenAI operation duration.", Bounds: durations}
	toFirstChunk = meter.Histogram{Scope: scope, Name: "gen_ai.client.operation.time_to_first_chunk", Unit: "s",
		Description: "Time to receive the first chunk, measured from when the client issues the generation request to when the first chunk is received in the response stream.", Bounds: durations}
	usage = meter.Histogram{Scope: scope, Name: "gen_ai.client.token.usage", Unit: "{token}",
		Description: "Number of input and output tokens used.", Bounds: tokens}
)

// measured is what tells calls apart in metrics.
type measured struct {
	provider, operation, model, answered, server, failure, token string
	port                                                         int
}

var cases meter.Cache[measured]

// A model's name may be made up by whoever uses the program.
var models, answering = &meter.Names{Limit: 256}, &meter.Names{Limit: 256}

func (c *Call) measure(r *Response, first time.Duration, failure string) {
	if !c.Measured() {
		return
	}
	m := c.measured
	m.model = models.Get(m.model, "")
	if r != nil {
		m.answered = answering.Get(r.Model, "")
	}
	if first > 0 {
		toFirstChunk.Record(c.Context, first.Seconds(), cases.Get(m, measured.attributes))
	}
	if r != nil {
		for _, used := range []struct {
			kind string
			n    int64
		}{{"input", r.InputTokens}, {"output", r.OutputTokens}} {
			if m.token = used.kind; used.n > 0 {
				usage.Record(c.Context, float64(used.n), cases.Get(m, measured.attributes))
			}
		}
	}
	m.token, m.failure = "", failure
	duration.Record(c.Context, c.Took().Seconds(), cases.Get(m, measured.attributes))
}

func (m measured) attributes() []attribute.KeyValue {
	all := []attribute.KeyValue{operationName.String(m.operation), providerName.String(m.provider)}
	all = appendText(all, requestModel, m.model)
	all = appendText(all, responseModel, m.answered)
	all = appendText(all, tokenType, m.token)
	all = appendText(all, conventions.ErrorType, m.failure)
	return appendServer(all, m.server, m.port)
}
