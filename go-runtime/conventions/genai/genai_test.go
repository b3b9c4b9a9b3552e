// SPDX-License-Identifier: Apache-2.0

package genai

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/instrumentation"
	"otel.runtime/internal/spantest"
	"otel.runtime/telemetry/meter"
)

const secret = "planted-secret-4711"

var openai = New("openai", "otel.runtime/testopenai", "testopenai")

func said() string { return `[{"role":"user","parts":[{"type":"text","content":"` + secret + `"}]}]` }

func chat() *Request {
	temperature, most := 0.5, int64(100)
	return &Request{Operation: Chat, Model: "gpt-4", Server: "api.openai.com", Port: 443, Choices: 1, Temperature: &temperature, MaxTokens: &most,
		Input: said, System: said, Tools: said}
}

func answer() *Response {
	return &Response{ID: "7", Model: "gpt-4-0613", FinishReasons: []string{"stop"}, InputTokens: 10, OutputTokens: 20, CacheRead: 5, Output: said}
}

func capture(t *testing.T, on bool) {
	before := captured
	t.Cleanup(func() { captured = before })
	captured = on
}

func TestChat(t *testing.T) {
	for _, on := range []bool{false, true} {
		capture(t, on)
		ended := spantest.Record(t, sdk.AlwaysSample())
		c := &Call{}
		openai.Begin(c, nil, chat())
		c.End(answer(), instrumentation.Failure{})
		c.End(nil, instrumentation.FailureOf(errors.New("again")))
		span := spantest.Only(t, ended)
		if span.Name() != "chat gpt-4" || span.SpanKind() != trace.SpanKindClient {
			t.Errorf("%s %s", span.Name(), span.SpanKind())
		}
		spantest.Has(t, span.Attributes(), map[attribute.Key]string{
			"gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4", "gen_ai.request.max_tokens": "100",
			"gen_ai.request.temperature": "0.5", "gen_ai.request.stream": "", "gen_ai.request.choice.count": "", "gen_ai.request.seed": "",
			"gen_ai.response.id": "7", "gen_ai.response.model": "gpt-4-0613", "gen_ai.response.finish_reasons": `["stop"]`,
			"gen_ai.usage.input_tokens": "10", "gen_ai.usage.output_tokens": "20", "gen_ai.usage.cache_read.input_tokens": "5",
			"gen_ai.usage.reasoning.output_tokens": "", "server.address": "api.openai.com", "server.port": "443", "error.type": "",
		})
		if text := fmt.Sprint(span.Attributes()); strings.Contains(text, secret) != on || strings.Count(text, secret) != map[bool]int{true: 4}[on] {
			t.Errorf("captured %v: %s", on, text)
		}
	}
}

func TestWhatAsksForContent(t *testing.T) {
	for value, want := range map[string]bool{"": false, "false": false, "no_content": false, "event_only": false, " True ": true, "SPAN_ONLY": true, "span_and_event": true} {
		if captures(value) != want {
			t.Errorf("%q", value)
		}
	}
}

func TestEmbeddings(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	c := &Call{}
	openai.Begin(c, context.Background(), &Request{Operation: Embeddings, Dimensions: 256, Formats: []string{"float"}})
	c.End(nil, instrumentation.FailureOf(context.DeadlineExceeded))
	span := spantest.Only(t, ended)
	if span.Name() != "embeddings" {
		t.Error(span.Name())
	}
	spantest.Has(t, span.Attributes(), map[attribute.Key]string{"gen_ai.embeddings.dimension.count": "256", "gen_ai.request.encoding_formats": `["float"]`,
		"gen_ai.request.model": "", "error.type": "context.DeadlineExceeded"})
}

func TestTool(t *testing.T) {
	for _, on := range []bool{false, true} {
		capture(t, on)
		ended := spantest.Record(t, sdk.AlwaysSample())
		c := &ToolCall{}
		openai.BeginTool(c, nil, &Tool{Name: "weather", CallID: "9", Type: "function", Arguments: said})
		c.End(said, instrumentation.PanicOf("broken"))
		span := spantest.Only(t, ended)
		if span.Name() != "execute_tool weather" || span.SpanKind() != trace.SpanKindInternal {
			t.Errorf("%s %s", span.Name(), span.SpanKind())
		}
		want := map[bool]string{true: said()}[on]
		spantest.Has(t, span.Attributes(), map[attribute.Key]string{"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "weather", "gen_ai.tool.call.id": "9",
			"gen_ai.tool.type": "function", "gen_ai.tool.call.arguments": want, "gen_ai.tool.call.result": want, "error.type": "string"})
	}
	(&ToolCall{}).End(said, instrumentation.Failure{})
	(&Call{}).End(answer(), instrumentation.Failure{})
}

type stream struct{ name *string }

// A stream ends with its last chunk, or when nobody has it any more.
func TestStream(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	request := chat()
	request.Stream = true
	c, read := &Call{}, &stream{new(string)}
	openai.Begin(c, nil, request)
	c.Until(read)
	c.Chunk()
	first := c.first.Load()
	c.Chunk()
	if len(ended()) != 0 || first <= 0 || c.first.Load() != first {
		t.Errorf("%d have ended; the first chunk came after %d and %d", len(ended()), first, c.first.Load())
	}
	c.End(answer(), instrumentation.Failure{})
	runtime.KeepAlive(read)
	span := spantest.Only(t, ended)
	spantest.Has(t, span.Attributes(), map[attribute.Key]string{"gen_ai.request.stream": "true", "gen_ai.response.time_to_first_chunk": fmt.Sprint(time.Duration(first).Seconds())})

	func() {
		c := &Call{}
		openai.Begin(c, nil, request)
		c.Until(&stream{new(string)})
	}()
	for deadline := time.Now().Add(10 * time.Second); len(ended()) < 2 && time.Now().Before(deadline); {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if len(ended()) != 2 {
		t.Error("a stream that was dropped has no end")
	}
}

// An instrument has the provider that it was first used with, and reader what was
// recorded since it was last asked.
var (
	reader = sdkmetric.NewManualReader(sdkmetric.WithTemporalitySelector(func(sdkmetric.InstrumentKind) metricdata.Temporality {
		return metricdata.DeltaTemporality
	}))
	measuring = sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader))
)

func TestMetrics(t *testing.T) {
	defer func(before func() metric.MeterProvider) { meter.Provide = before }(meter.Provide)
	meter.Provide = func() metric.MeterProvider { return measuring }
	request := chat()
	request.Stream = true
	for _, end := range []func(*Call){
		func(c *Call) { c.Chunk(); c.End(answer(), instrumentation.Failure{}) },
		func(c *Call) { c.End(nil, instrumentation.FailureOf(context.Canceled)) },
	} {
		c := &Call{}
		openai.Begin(c, nil, request)
		end(c)
		c.End(nil, instrumentation.Failure{}) // by Close, say
	}
	var all metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &all); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range all.ScopeMetrics[0].Metrics {
		for _, p := range m.Data.(metricdata.Histogram[float64]).DataPoints {
			line := strings.TrimPrefix(m.Name, "gen_ai.client.") + ":"
			for _, a := range p.Attributes.ToSlice() {
				line += fmt.Sprintf(" %s=%s", strings.TrimPrefix(string(a.Key), "gen_ai."), a.Value.Emit())
			}
			got = append(got, line)
		}
	}
	sort.Strings(got)
	const of = "operation.name=chat provider.name=openai request.model=gpt-4"
	const answered, server = " response.model=gpt-4-0613", " server.address=api.openai.com server.port=443"
	want := []string{
		"operation.duration: error.type=context.Canceled " + of + server,
		"operation.duration: " + of + answered + server,
		"operation.time_to_first_chunk: " + of + answered + server,
		"token.usage: " + of + answered + " token.type=input" + server,
		"token.usage: " + of + answered + " token.type=output" + server,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Each key is of the last version of the conventions that has them.
func TestKeysAreOfTheConventions(t *testing.T) {
	list := exec.Command("go", "list", "-f", "{{.Dir}}", "go.opentelemetry.io/otel/semconv/v1.41.0")
	dir, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "attribute_group.go"))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := os.ReadFile("keys.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`attribute\.Key\("[^"]+"\)`).FindAllString(string(keys), -1)
	if len(found) < 30 {
		t.Fatalf("%d keys", len(found))
	}
	for _, key := range found {
		if !strings.Contains(string(registry), key) {
			t.Errorf("%s isn't of the conventions", key)
		}
	}
}
