// SPDX-License-Identifier: Apache-2.0

package genai

import (
	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions"
)

// Names of operations.
const (
	Chat            = "chat"
	TextCompletion  = "text_completion"
	GenerateContent = "generate_content"
	Embeddings      = "embeddings"
)

// Request is what a model is asked for. What isn't said is zero.
type Request struct {
	Operation    string // Chat, …
	Model        string
	Server       string // a host
	Port         int
	Conversation string
	OutputType   string // "text", "json", "image", "speech"
	Stream       bool
	Choices      int64

	Seed, MaxTokens                   *int64
	Temperature, TopP, TopK           *float64
	FrequencyPenalty, PresencePenalty *float64
	StopSequences                     []string
	Formats                           []string // of embeddings
	Dimensions                        int64    // of embeddings

	Input, System, Tools Content
}

// name is that of the span.
func (r *Request) name() string {
	if r.Model == "" {
		return r.Operation
	}
	return r.Operation + " " + r.Model
}

func (r *Request) append(to []attribute.KeyValue, provider string) []attribute.KeyValue {
	to = append(to, operationName.String(r.Operation), providerName.String(provider))
	to = appendText(to, requestModel, r.Model)
	to = appendServer(to, r.Server, r.Port)
	to = appendText(to, conversationID, r.Conversation)
	to = appendText(to, outputType, r.OutputType)
	if r.Stream {
		to = append(to, requestStream.Bool(true))
	}
	if r.Choices > 1 {
		to = append(to, requestChoices.Int64(r.Choices))
	}
	to = appendInt(to, requestSeed, r.Seed)
	to = appendInt(to, requestMaxTokens, r.MaxTokens)
	to = appendFloat(to, requestTemperature, r.Temperature)
	to = appendFloat(to, requestTopP, r.TopP)
	to = appendFloat(to, requestTopK, r.TopK)
	to = appendFloat(to, requestFrequency, r.FrequencyPenalty)
	to = appendFloat(to, requestPresence, r.PresencePenalty)
	if len(r.StopSequences) > 0 {
		to = append(to, requestStopSequences.StringSlice(r.StopSequences))
	}
	if len(r.Formats) > 0 {
		to = append(to, requestFormats.StringSlice(r.Formats))
	}
	to = appendCount(to, embeddingDimensions, r.Dimensions)
	to = r.System.append(to, systemInstructions)
	to = r.Input.append(to, inputMessages)
	return r.Tools.append(to, toolDefinitions)
}

func appendServer(to []attribute.KeyValue, host string, port int) []attribute.KeyValue {
	if host == "" {
		return to
	}
	if to = append(to, conventions.ServerAddress.String(host)); port != 0 {
		to = append(to, conventions.ServerPort.Int(port))
	}
	return to
}

func appendText(to []attribute.KeyValue, key attribute.Key, text string) []attribute.KeyValue {
	if text == "" {
		return to
	}
	return append(to, key.String(text))
}

func appendInt(to []attribute.KeyValue, key attribute.Key, n *int64) []attribute.KeyValue {
	if n == nil {
		return to
	}
	return append(to, key.Int64(*n))
}

func appendFloat(to []attribute.KeyValue, key attribute.Key, n *float64) []attribute.KeyValue {
	if n == nil {
		return to
	}
	return append(to, key.Float64(*n))
}

func appendCount(to []attribute.KeyValue, key attribute.Key, n int64) []attribute.KeyValue {
	if n == 0 {
		return to
	}
	return append(to, key.Int64(n))
}
