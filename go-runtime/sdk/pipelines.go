// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"otel.runtime/exporter/otlp"
	"otel.runtime/sdk/config"
)

// pipelines are the settings of a signal's processors or readers: one, but for a
// configuration file that has several.
func (s settings) pipelines(signal string) []settings {
	all := []settings{s}
	if s.file == nil {
		return all
	}
	for _, more := range s.file.More {
		if more.Signal == signal {
			one := s
			one.getenv, one.more = s.file.GetenvOf(more), more
			all = append(all, one)
		}
	}
	return all
}

// limitsOf are the cardinality limits of the reader with an exporter.
func (s settings) limitsOf(exporter string) config.Limits {
	switch {
	case s.more != nil:
		return s.more.Limits[exporter]
	case s.file != nil:
		return s.file.Limits[exporter]
	}
	return nil
}

// hurrying is an exporter that may be told not to wait.
type hurrying interface{ Hurry() (done func()) }

func hurry[E hurrying](all []E) (done func()) {
	var each []func()
	for _, e := range all {
		each = append(each, e.Hurry())
	}
	return func() {
		for _, f := range each {
			f()
		}
	}
}

// first is nil if there is none.
func first[E any](all []*E) *E {
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// statsOf adds up what became of items.
func statsOf[E interface{ Stats() otlp.Stats }](all []E) (sum otlp.Stats) {
	for _, e := range all {
		s := e.Stats()
		sum.Sent, sum.Failed, sum.Rejected, sum.Retries = sum.Sent+s.Sent, sum.Failed+s.Failed, sum.Rejected+s.Rejected, sum.Retries+s.Retries
	}
	return sum
}
