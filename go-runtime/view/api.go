// SPDX-License-Identifier: Apache-2.0

package view

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
)

// Handler serves the page and what it asks for, all in JSON:
//
//	GET  /api/status                                     Status
//	GET  /api/traces?service=&text=&errors=1&longer_ms=&limit=   {"traces": [TraceSummary…], "total": n}
//	GET  /api/traces/{id}                                TraceView, or 404
//	GET  /api/services                                   ServiceMap
//	GET  /api/metrics?service=&text=                     {"metrics": [MetricView…], "services": [name…]}
//	GET  /api/logs?service=&text=&level=&limit=          {"logs": [LogView…], "total": n}
//	GET  /api/live                                       server-sent events, each a Status: at once, and after changes
//	POST /api/clear                                      forgets everything; wants the header X-Otel-View: clear
//
// A request that isn't understood is answered with {"error": text}. Streams of
// events end with ctx.
func Handler(ctx context.Context, store *Store) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/status", func(w http.ResponseWriter, r *http.Request) { answer(w, store.Status()) })
	mux.HandleFunc("GET /api/traces", func(w http.ResponseWriter, r *http.Request) {
		q := query{r: r}
		traces, total := store.Traces(TraceQuery{Service: q.text("service"), Text: q.text("text"), Errors: q.text("errors") == "1", Longer: q.number("longer_ms", 0) * 1e6, Limit: q.limit()})
		q.answer(w, map[string]any{"traces": traces, "total": total})
	})
	mux.HandleFunc("GET /api/traces/{id}", func(w http.ResponseWriter, r *http.Request) {
		trace, found := store.Trace(r.PathValue("id"))
		if !found {
			fail(w, http.StatusNotFound, "there is no trace "+r.PathValue("id"))
			return
		}
		answer(w, trace)
	})
	mux.HandleFunc("GET /api/services", func(w http.ResponseWriter, r *http.Request) { answer(w, store.ServiceMap()) })
	mux.HandleFunc("GET /api/metrics", func(w http.ResponseWriter, r *http.Request) {
		q := query{r: r}
		metrics, services := store.Metrics(q.text("service"), q.text("text"))
		q.answer(w, map[string]any{"metrics": metrics, "services": services})
	})
	mux.HandleFunc("GET /api/logs", func(w http.ResponseWriter, r *http.Request) {
		q := query{r: r}
		logs, total := store.Logs(LogQuery{Service: q.text("service"), Text: q.text("text"), Level: int(q.number("level", 0)), Limit: q.limit()})
		q.answer(w, map[string]any{"logs": logs, "total": total})
	})
	mux.HandleFunc("GET /api/live", func(w http.ResponseWriter, r *http.Request) { live(ctx, w, r, store) })
	mux.HandleFunc("POST /api/clear", func(w http.ResponseWriter, r *http.Request) {
		// A page from elsewhere can post a form, but not with a header of its own.
		if r.Header.Get("X-Otel-View") != "clear" {
			fail(w, http.StatusForbidden, "the header X-Otel-View: clear is missing")
			return
		}
		store.Clear()
		answer(w, store.Status())
	})
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { fail(w, http.StatusNotFound, "there is no "+r.URL.Path) })
	mux.Handle("/", pageHandler())
	return mux
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	to := json.NewEncoder(w)
	to.SetEscapeHTML(false)
	to.Encode(value) // what can go wrong is that nobody reads it
}

func fail(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"error": text})
}

// query reads a request's parameters and remembers the first that is wrong.
type query struct {
	r     *http.Request
	wrong string
}

func (q *query) text(name string) string { return q.r.URL.Query().Get(name) }

func (q *query) number(name string, otherwise float64) float64 {
	text := q.text(name)
	if text == "" {
		return otherwise
	}
	v, err := strconv.ParseFloat(text, 64)
	if (err != nil || !isNumber(v) || v < 0) && q.wrong == "" {
		q.wrong = name + ": " + strconv.Quote(text) + " is not a number"
	}
	return v
}

// limit is how many items are wanted.
func (q *query) limit() int { return int(min(q.number("limit", 200), 10_000)) }

func (q *query) answer(w http.ResponseWriter, value any) {
	if q.wrong != "" {
		fail(w, http.StatusBadRequest, q.wrong)
		return
	}
	answer(w, value)
}
