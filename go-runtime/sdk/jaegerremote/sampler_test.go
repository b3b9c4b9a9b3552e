// SPDX-License-Identifier: Apache-2.0

package jaegerremote

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// server answers with what is stored, or with a status where that is a number.
func server(t *testing.T) (url string, answers *atomic.Value, asked *atomic.Int32) {
	answers, asked = &atomic.Value{}, &atomic.Int32{}
	answers.Store("")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Path != "/sampling" || r.URL.Query().Get("service") != "a shop" {
			t.Errorf("asked for %s", r.URL)
		}
		fmt.Fprint(w, answers.Load())
	}))
	t.Cleanup(s.Close)
	return s.URL, answers, asked
}

func share(s sdktrace.Sampler, name string) float64 {
	sampled := 0
	for i := 0; i < 1000; i++ {
		p := sdktrace.SamplingParameters{ParentContext: context.Background(), Name: name, TraceID: trace.TraceID{1, 8: byte(i), 9: byte(i >> 2), 10: byte(i * 37)}}
		if s.ShouldSample(p).Decision == sdktrace.RecordAndSample {
			sampled++
		}
	}
	return float64(sampled) / 1000
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
	}
}

func TestRatesAreThoseOfTheServer(t *testing.T) {
	url, answers, asked := server(t)
	answers.Store(`{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":1}}`)
	var told atomic.Value
	told.Store("")
	s, err := New(Config{Service: "a shop", Endpoint: url, Interval: 5 * time.Millisecond, Initial: 0}, func(line string) { told.Store(told.Load().(string) + line + "\n") })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	time.Sleep(20 * time.Millisecond)
	if asked.Load() != 0 {
		t.Error("asked before there was a span")
	}
	if got := s.current.Load(); share(got.other, "") != 0 {
		t.Error("the initial rate isn't 0")
	}
	share(s, "first use")
	until(t, "rate 1", func() bool { return share(s, "x") == 1 })

	answers.Store(`{"strategyType":1,"rateLimitingSampling":{"maxTracesPerSecond":0}}`)
	until(t, "none a second", func() bool { return share(s, "x") == 0 })

	answers.Store(`{"operationSampling":{"defaultSamplingProbability":0,"perOperationStrategies":[{"operation":"GET /paid","probabilisticSampling":{"samplingRate":1}}]}}`)
	until(t, "by operation", func() bool { return share(s, "GET /paid") == 1 && share(s, "GET /free") == 0 })

	answers.Store(`{"probabilisticSampling":{"samplingRate":7}}`)
	until(t, "told", func() bool { return told.Load() != "" })
	before := asked.Load()
	until(t, "asked again", func() bool { return asked.Load() > before+3 })
	if got := told.Load().(string); strings.Count(got, "\n") != 1 || !strings.Contains(got, "stay as they are: the answer has the rate 7") {
		t.Errorf("%q", got)
	}
	if share(s, "GET /paid") != 1 {
		t.Error("a bad answer has changed the rate")
	}
	s.Stop()
	before = asked.Load()
	time.Sleep(30 * time.Millisecond)
	if asked.Load() > before+1 {
		t.Error("asked after the end")
	}
}

func TestWithoutAServerTheInitialRateStays(t *testing.T) {
	told := make(chan string, 100)
	s, err := New(Config{Service: "x", Endpoint: "127.0.0.1:1", Interval: time.Hour, Initial: 1}, func(line string) { told <- line })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	if share(s, "x") != 1 {
		t.Error("not the initial rate")
	}
	if line := <-told; !strings.Contains(line, "refused") || share(s, "x") != 1 {
		t.Error(line)
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	for body, want := range map[string]string{
		"":   "is no JSON",
		"{}": "has no strategy",
		`{"rateLimitingSampling":{"maxTracesPerSecond":-1}}`:            "limit below 0",
		`{"operationSampling":{"defaultLowerBoundTracesPerSecond":-1}}`: "bound below 0",
		`{"operationSampling":{"defaultSamplingProbability":2}}`:        "rate 2",
		`{"probabilisticSampling":{}}` + strings.Repeat(" ", largest):   "more than",
	} {
		url, answers, _ := server(t)
		answers.Store(body)
		if _, err := fetch(context.Background(), url+"/sampling?service=a+shop"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v", body, err)
		}
	}
}

func TestEndpoints(t *testing.T) {
	for endpoint, want := range map[string]string{
		"http://h:1":             "http://h:1/sampling?service=s",
		"https://h/api/sampling": "https://h/api/sampling?service=s",
		"h:5778":                 "http://h:5778/sampling?service=s",
		"http://h/?a=b":          "http://h/sampling?a=b&service=s",
		"ftp://h":                "", "": "", "http://": "",
	} {
		if got, err := urlOf(Config{Service: "s", Endpoint: endpoint}); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %s %v", endpoint, got, err)
		}
	}
}

func TestLimitsOfRates(t *testing.T) {
	l := newLimiter(2)
	if !l.take() || !l.take() || l.take() {
		t.Error("two at once")
	}
	l.last = l.last.Add(-time.Hour)
	if !l.take() || !l.take() || l.take() {
		t.Error("two after an hour")
	}
	if again(l, 2) != l || again(l, 3) == l {
		t.Error("goes on only with the rate as it was")
	}
	if slow := newLimiter(0.1); !slow.take() || slow.take() {
		t.Error("one in ten seconds")
	}
	if newLimiter(0).take() {
		t.Error("none")
	}
	least := bounded{sdktrace.NeverSample(), newLimiter(1)}
	if share(least, "") != 0.001 {
		t.Error("the lower bound")
	}
}

// The names of operations are the server's to make.
func TestOperationsAreBounded(t *testing.T) {
	var all []string
	for i := 0; i < operations+5; i++ {
		all = append(all, fmt.Sprintf(`{"operation":"o%d","probabilisticSampling":{"samplingRate":1}}`, i))
	}
	url, answers, _ := server(t)
	answers.Store(`{"operationSampling":{"perOperationStrategies":[` + strings.Join(all, ",") + `]}}`)
	a, err := fetch(context.Background(), url+"/sampling?service=a+shop")
	if err != nil || len(a.strategy(probability(0)).operation) != operations {
		t.Error(err)
	}
}

func TestAskingIsSuppressed(t *testing.T) {
	around := false
	Suppress = func(run func()) { around = true; run() }
	defer func() { Suppress = nil }()
	fetch(context.Background(), "http://127.0.0.1:1")
	if !around {
		t.Error("traced")
	}
}
