// SPDX-License-Identifier: Apache-2.0

package genai

import "go.opentelemetry.io/otel/attribute"

// Response is what a model has answered with; of a stream, what all its chunks say
// together. What isn't known is zero.
type Response struct {
	ID            string
	Model         string
	FinishReasons []string // one of each choice

	InputTokens, OutputTokens int64
	CacheRead, CacheCreation  int64 // of InputTokens
	Reasoning                 int64 // of OutputTokens

	Output Content
}

func (r *Response) append(to []attribute.KeyValue) []attribute.KeyValue {
	to = appendText(to, responseID, r.ID)
	to = appendText(to, responseModel, r.Model)
	if len(r.FinishReasons) > 0 {
		to = append(to, responseReasons.StringSlice(r.FinishReasons))
	}
	to = appendCount(to, inputTokens, r.InputTokens)
	to = appendCount(to, outputTokens, r.OutputTokens)
	to = appendCount(to, cacheReadTokens, r.CacheRead)
	to = appendCount(to, cacheCreationTokens, r.CacheCreation)
	to = appendCount(to, reasoningTokens, r.Reasoning)
	return r.Output.append(to, outputMessages)
}
