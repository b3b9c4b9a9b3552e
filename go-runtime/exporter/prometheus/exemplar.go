// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"

	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// exemplarRunes is how long all names and values of an exemplar's labels may be,
// by OpenMetrics.
const exemplarRunes = 128

// exemplar is a measurement with the span in which it was made.
type exemplar struct {
	labels string
	value  float64
	time   time.Time
}

// newest is of the exemplars above one value and not above another that which
// was recorded last, or nil.
func newest[N number](all []metricdata.Exemplar[N], above, upTo float64) *exemplar {
	var found *metricdata.Exemplar[N]
	for i, e := range all {
		if v := float64(e.Value); v > above && v <= upTo && (found == nil || e.Time.After(found.Time)) {
			found = &all[i]
		}
	}
	if found == nil {
		return nil
	}
	var labels []label
	room := exemplarRunes
	add := func(name, value string) {
		if n := utf8.RuneCountInString(name) + utf8.RuneCountInString(value); value != "" && n <= room {
			room -= n
			labels = append(labels, label{name, value})
		}
	}
	add("trace_id", hex.EncodeToString(found.TraceID))
	add("span_id", hex.EncodeToString(found.SpanID))
	named := map[string]bool{"trace_id": true, "span_id": true}
	for _, kv := range found.FilteredAttributes {
		if name := labelName(string(kv.Key)); !named[name] {
			named[name] = true
			add(name, strings.ToValidUTF8(kv.Value.Emit(), "\uFFFD"))
		}
	}
	return &exemplar{string(appendLabels(nil, labels)), float64(found.Value), found.Time}
}
