// SPDX-License-Identifier: Apache-2.0

// Package genai is what the hooks of all clients of generative models have in
// common: the names of the semantic conventions, spans of requests and of tools, how
// many tokens they took and how long. It hooks nothing itself.
//
// What is said to a model, and by it, isn't exported unless
// OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT asks for it.
//
// The conventions of generative models have moved to a repository of their own with
// version 1.42; these are the names of 1.41.
//
// https://opentelemetry.io/docs/specs/semconv/gen-ai/
package genai
