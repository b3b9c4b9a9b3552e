// SPDX-License-Identifier: Apache-2.0

package receiver

import "net/http"

// Signals says who takes what. A signal that nobody takes isn't served, as if
// the receiver didn't know it. The functions are called from several goroutines
// at once, and never with what couldn't be decoded as a whole.
type Signals struct {
	Spans   func([]Span)
	Metrics func([]Metric)
	Logs    func([]LogRecord)
}

// signal is one service of OTLP.
type signal struct {
	service string // the gRPC service below opentelemetry.proto.collector
	path    string // of http/protobuf and http/json
	request string // the name of its message in messages
	// accept decodes a request and hands it on, or says what is wrong with it.
	accept func(request []byte) error
}

func (s signal) grpcPath() string {
	return "/opentelemetry.proto.collector." + s.service + "/Export"
}

func (s Signals) list() []signal {
	var served []signal
	if s.Spans != nil {
		served = append(served, signal{"trace.v1.TraceService", "/v1/traces", "TracesRequest", accepting(Decode, s.Spans)})
	}
	if s.Metrics != nil {
		served = append(served, signal{"metrics.v1.MetricsService", "/v1/metrics", "MetricsRequest", accepting(DecodeMetrics, s.Metrics)})
	}
	if s.Logs != nil {
		served = append(served, signal{"logs.v1.LogsService", "/v1/logs", "LogsRequest", accepting(DecodeLogs, s.Logs)})
	}
	return served
}

func accepting[T any](decode func([]byte) ([]T, error), take func([]T)) func([]byte) error {
	return func(request []byte) error {
		all, err := decode(request)
		if err == nil {
			take(all)
		}
		return err
	}
}

// Handler serves OTLP over gRPC, http/protobuf and http/json. Serve it over
// HTTP/1 and HTTP/2.
func (s Signals) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, one := range s.list() {
		mux.HandleFunc(one.grpcPath(), func(w http.ResponseWriter, r *http.Request) { serveGRPC(w, r, one) })
		mux.HandleFunc(one.path, func(w http.ResponseWriter, r *http.Request) { serveHTTP(w, r, one) })
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if isGRPC(r) {
			endCall(w, codeUnimplemented, "unknown method "+r.URL.Path)
			return
		}
		http.NotFound(w, r)
	})
	return mux
}

// Handler serves traces alone and gives each request's spans to take, from
// several goroutines at once.
func Handler(take func([]Span)) http.Handler { return Signals{Spans: take}.Handler() }
