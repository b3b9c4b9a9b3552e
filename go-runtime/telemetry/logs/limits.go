// SPDX-License-Identifier: Apache-2.0

package logs

import (
	"sync/atomic"
	"unicode/utf8"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/exporter/otlp"
)

// limits of a record's attributes; below 0 there is none.
var countLimit, lengthLimit = newLimit(-1), newLimit(-1)

func newLimit(n int64) *atomic.Int64 {
	limit := &atomic.Int64{}
	limit.Store(n)
	return limit
}

// SetLimits sets how many attributes a record has at most, and how many characters
// a string in one of them.
func SetLimits(count, length int) {
	countLimit.Store(int64(count))
	lengthLimit.Store(int64(length))
}

// limit counts what it drops from a record.
func limit(r *otlp.LogRecord) {
	if most := countLimit.Load(); most >= 0 && int64(len(r.Attributes)) > most {
		r.Dropped = len(r.Attributes) - int(most)
		r.Attributes = r.Attributes[:most]
	}
	most := lengthLimit.Load()
	if most < 0 {
		return
	}
	for i, kv := range r.Attributes {
		switch kv.Value.Type() {
		case attribute.STRING:
			r.Attributes[i].Value = attribute.StringValue(first(kv.Value.AsString(), int(most)))
		case attribute.STRINGSLICE:
			cut := append([]string(nil), kv.Value.AsStringSlice()...)
			for n := range cut {
				cut[n] = first(cut[n], int(most))
			}
			r.Attributes[i].Value = attribute.StringSliceValue(cut)
		}
	}
}

// first is at most n characters of text.
func first(text string, n int) string {
	if len(text) <= n || utf8.RuneCountInString(text) <= n {
		return text
	}
	at := 0
	for ; n > 0; n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return text[:at]
}
