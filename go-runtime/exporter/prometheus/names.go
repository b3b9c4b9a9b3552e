// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"strings"

	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// units are the words that Prometheus names end in.
var units = map[string]string{
	"d": "days", "h": "hours", "min": "minutes", "s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds",
	"By": "bytes", "KiBy": "kibibytes", "MiBy": "mebibytes", "GiBy": "gibibytes", "TiBy": "tibibytes",
	"KBy": "kilobytes", "MBy": "megabytes", "GBy": "gigabytes", "TBy": "terabytes",
	"m": "meters", "V": "volts", "A": "amperes", "J": "joules", "W": "watts", "g": "grams", "Cel": "celsius", "Hz": "hertz", "%": "percent",
}

// rates are what stands behind the / of a unit.
var rates = map[string]string{"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}

// unitOf is the suffix of a metric's name; empty for counts and what isn't known.
// That something is a ratio is said of gauges only.
func unitOf(m metricdata.Metrics) string {
	if m.Unit == "1" {
		switch m.Data.(type) {
		case metricdata.Gauge[int64], metricdata.Gauge[float64]:
			return "ratio"
		}
		return ""
	}
	of, per, is := strings.Cut(m.Unit, "/")
	if !is {
		return units[of]
	}
	rate := rates[per]
	switch {
	case rate == "":
		return ""
	case units[of] == "":
		return "per_" + rate
	}
	return units[of] + "_per_" + rate
}

// nameOf is the name of a metric's family with its unit, and _total of a counter.
func nameOf(m metricdata.Metrics, unit string, counter bool) string {
	name := sanitize(m.Name)
	if counter {
		name = strings.TrimSuffix(name, "_total")
	}
	if unit != "" && !strings.HasSuffix(name, "_"+unit) {
		name += "_" + unit
	}
	if counter {
		name += "_total"
	}
	return name
}

// sanitize makes a name of letters, digits and _ that begins with no digit.
func sanitize(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_':
			return r
		}
		return '_'
	}, name)
	if clean == "" || clean[0] >= '0' && clean[0] <= '9' {
		return "_" + clean
	}
	return clean
}

// labelName is a sanitized name that isn't one of those which Prometheus keeps to
// itself, as "__name__".
func labelName(key string) string {
	name := sanitize(key)
	for strings.HasPrefix(name, "__") {
		name = name[1:]
	}
	return name
}
