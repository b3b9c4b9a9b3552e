// SPDX-License-Identifier: Apache-2.0

package view

import (
	"sort"

	"otel.runtime/view/receiver"
)

// ServiceMap is which service calls which, counted over all traces in the store.
type ServiceMap struct {
	Nodes []ServiceNode `json:"nodes"` // by name
	Calls []ServiceCall `json:"calls"`
}

// ServiceNode is a service, or a system without spans of its own that clients
// call: a database, a queue, a host.
type ServiceNode struct {
	Name     string  `json:"name"`
	Kind     string  `json:"kind"` // "service", "database", "messaging" or "remote"
	Spans    int     `json:"spans"`
	Requests int     `json:"requests"` // spans that a call from outside of it began
	Errors   int     `json:"errors"`   // of these
	P50      float64 `json:"p50_ns"`   // of these
	P95      float64 `json:"p95_ns"`
}

// ServiceCall is an arrow.
type ServiceCall struct {
	From   string  `json:"from"`
	To     string  `json:"to"`
	Count  int     `json:"count"`
	Errors int     `json:"errors"`
	P95    float64 `json:"p95_ns"`
}

// tally is what a node or a call is made of.
type tally struct {
	kind      string
	spans     int
	errors    int
	durations []float64
}

func (t *tally) add(s *receiver.Span) {
	duration := 0.0
	if s.End > s.Start {
		duration = float64(s.End - s.Start)
	}
	t.durations = append(t.durations, duration)
	if s.Status.Code == statusError {
		t.errors++
	}
}

// tallies are a map that makes what is missing.
type tallies[K comparable] map[K]*tally

func (all tallies[K]) of(key K, kind string) *tally {
	t := all[key]
	if t == nil {
		t = &tally{kind: kind}
		all[key] = t
	}
	return t
}

// ServiceMap counts the spans of this moment.
func (s *Store) ServiceMap() ServiceMap {
	s.mu.RLock()
	defer s.mu.RUnlock()
	nodes, calls := tallies[string]{}, tallies[[2]string]{}
	for _, t := range s.traces.order {
		t.count(nodes, calls)
	}
	out := ServiceMap{Nodes: []ServiceNode{}, Calls: []ServiceCall{}}
	for name, n := range nodes {
		out.Nodes = append(out.Nodes, ServiceNode{name, n.kind, n.spans, len(n.durations), n.errors, percentile(n.durations, 0.5), percentile(n.durations, 0.95)})
	}
	for ends, c := range calls {
		out.Calls = append(out.Calls, ServiceCall{ends[0], ends[1], len(c.durations), c.errors, percentile(c.durations, 0.95)})
	}
	sort.Slice(out.Nodes, func(i, j int) bool { return out.Nodes[i].Name < out.Nodes[j].Name })
	sort.Slice(out.Calls, func(i, j int) bool {
		a, b := out.Calls[i], out.Calls[j]
		return a.From < b.From || a.From == b.From && a.To < b.To
	})
	return out
}

func (t *trace) count(nodes tallies[string], calls tallies[[2]string]) {
	// Spans whose call is told by a child: in another service, or by a client of
	// a lower layer, as gorm's calls are made by database/sql.
	told := map[string]bool{}
	for i := range t.spans {
		s := &t.spans[i]
		service := serviceOf(s.Resource)
		node := nodes.of(service, "service")
		node.kind = "service" // even if a client called something by that name
		node.spans++
		if isClient(s) {
			told[s.ParentSpanID] = true
		}
		caller := ""
		if at, has := t.index[s.ParentSpanID]; has {
			caller = serviceOf(t.spans[at].Resource)
		}
		if caller == service {
			continue
		}
		node.add(s)
		if caller != "" {
			told[s.ParentSpanID] = true
			calls.of([2]string{caller, service}, "").add(s)
		}
	}
	for i := range t.spans {
		s := &t.spans[i]
		if told[s.SpanID] || !isClient(s) {
			continue
		}
		name, kind := remoteOf(s)
		if name == "" {
			continue
		}
		nodes.of(name, kind).add(s)
		calls.of([2]string{serviceOf(s.Resource), name}, "").add(s)
	}
}

func isClient(s *receiver.Span) bool { return s.Kind == "CLIENT" || s.Kind == "PRODUCER" }

// remoteOf names what a client span calls by the semantic conventions, those of
// before they were stable too; empty if nothing tells.
func remoteOf(s *receiver.Span) (name, kind string) {
	first := func(keys ...string) string {
		for _, key := range keys {
			if v := receiver.Text(s.Attributes.Get(key)); v != "" {
				return v
			}
		}
		return ""
	}
	if system := first("db.system.name", "db.system"); system != "" {
		if database := first("db.namespace", "db.name"); database != "" {
			return system + " " + database, "database"
		}
		return system, "database"
	}
	if system := first("messaging.system"); system != "" {
		if topic := first("messaging.destination.name"); topic != "" {
			return system + " " + topic, "messaging"
		}
		return system, "messaging"
	}
	if peer := first("service.peer.name", "peer.service"); peer != "" {
		return peer, "remote"
	}
	host := first("server.address", "net.peer.name", "network.peer.address")
	if port := first("server.port", "net.peer.port", "network.peer.port"); host != "" && port != "" {
		host += ":" + port
	}
	return host, "remote"
}

// percentile sorts; 0 for none.
func percentile(values []float64, of float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sort.Float64s(values)
	return values[min(len(values)-1, int(of*float64(len(values))))]
}
