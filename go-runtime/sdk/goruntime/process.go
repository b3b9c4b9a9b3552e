// SPDX-License-Identifier: Apache-2.0

package goruntime

import (
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// usage is what getrusage returns.
type usage struct {
	user, system             time.Duration
	majorFaults, minorFaults int64
	voluntary, involuntary   int64 // context switches
}

// process has what the system returns cheaply about this process.
func process(now time.Time) []metricdata.Metrics {
	all := []metricdata.Metrics{{Name: "process.uptime", Unit: "s", Description: "The time the process has been running.",
		Data: metricdata.Gauge[float64]{DataPoints: []metricdata.DataPoint[float64]{seconds(now, now.Sub(started))}}}}
	if u, known := resourceUsage(); known {
		mode, fault, change := attribute.Key("cpu.mode"), attribute.Key("system.paging.fault.type"), attribute.Key("process.context_switch.type")
		all = append(all, metricdata.Metrics{Name: "process.cpu.time", Unit: "s", Description: "Total CPU seconds broken down by different states.",
			Data: metricdata.Sum[float64]{Temporality: metricdata.CumulativeTemporality, IsMonotonic: true,
				DataPoints: []metricdata.DataPoint[float64]{seconds(now, u.user, mode.String("user")), seconds(now, u.system, mode.String("system"))}}},
			sum("process.paging.faults", "{fault}", "Number of page faults the process has made.", true,
				point(now, u.majorFaults, fault.String("major")), point(now, u.minorFaults, fault.String("minor"))),
			sum("process.context_switches", "{context_switch}", "Number of times the process has been context switched.", true,
				point(now, u.voluntary, change.String("voluntary")), point(now, u.involuntary, change.String("involuntary"))))
	}
	if resident, virtual, known := memorySizes(); known {
		all = append(all, sum("process.memory.usage", "By", "The amount of physical memory in use.", false, point(now, resident)),
			sum("process.memory.virtual", "By", "The amount of committed virtual memory.", false, point(now, virtual)))
	}
	if n, known := openFiles(); known {
		all = append(all, sum("process.unix.file_descriptor.count", "{file_descriptor}", "Number of file descriptors in use by the process.", false, point(now, n)))
	}
	return all
}

func seconds(now time.Time, d time.Duration, attributes ...attribute.KeyValue) metricdata.DataPoint[float64] {
	return metricdata.DataPoint[float64]{Attributes: attribute.NewSet(attributes...), StartTime: started, Time: now, Value: d.Seconds()}
}
