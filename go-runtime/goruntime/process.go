// SPDX-License-Identifier: Apache-2.0

package goruntime

import (
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// process has what the system tells cheaply about this process.
func process(now time.Time) []metricdata.Metrics {
	all := []metricdata.Metrics{{Name: "process.uptime", Unit: "s", Description: "The time the process has been running.",
		Data: metricdata.Gauge[float64]{DataPoints: []metricdata.DataPoint[float64]{seconds(now, now.Sub(started))}}}}
	if user, system, known := cpuTime(); known {
		mode := attribute.Key("cpu.mode")
		all = append(all, metricdata.Metrics{Name: "process.cpu.time", Unit: "s", Description: "Total CPU seconds broken down by different states.",
			Data: metricdata.Sum[float64]{Temporality: metricdata.CumulativeTemporality, IsMonotonic: true,
				DataPoints: []metricdata.DataPoint[float64]{seconds(now, user, mode.String("user")), seconds(now, system, mode.String("system"))}}})
	}
	if resident, known := residentMemory(); known {
		all = append(all, sum("process.memory.usage", "By", "The amount of physical memory in use.", false, point(now, resident)))
	}
	return all
}

func seconds(now time.Time, d time.Duration, attributes ...attribute.KeyValue) metricdata.DataPoint[float64] {
	return metricdata.DataPoint[float64]{Attributes: attribute.NewSet(attributes...), StartTime: started, Time: now, Value: d.Seconds()}
}
