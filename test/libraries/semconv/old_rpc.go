// SPDX-License-Identifier: Apache-2.0

package semconv

import (
	"slices"
	"strings"

	"otel.runtime/view/receiver"
)

// Names of RPC conventions up to 1.37.0, which OTEL_SEMCONV_STABILITY_OPT_IN=rpc/dup has beside the new ones.
var (
	oldAttributes = []string{"rpc.system", "rpc.service", "rpc.grpc.status_code"}
	oldMetrics    = []string{"duration", "request.size", "response.size"} // after "rpc.client." and "rpc.server."
)

// WithoutOldRPC is the spans without old attributes.
func WithoutOldRPC(spans []receiver.Span) []receiver.Span {
	spans = slices.Clone(spans)
	for i := range spans {
		spans[i].Attributes = slices.DeleteFunc(slices.Clone(spans[i].Attributes), func(a receiver.Attribute) bool { return slices.Contains(oldAttributes, a.Key) })
	}
	return spans
}

// WithoutOldRPCMetrics leaves the old metrics out.
func WithoutOldRPCMetrics(metrics []receiver.Metric) []receiver.Metric {
	return slices.DeleteFunc(slices.Clone(metrics), func(m receiver.Metric) bool {
		name := strings.TrimPrefix(strings.TrimPrefix(m.Name, "rpc.client."), "rpc.server.")
		return strings.HasPrefix(m.Name, "rpc.") && slices.Contains(oldMetrics, name)
	})
}
