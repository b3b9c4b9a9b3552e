// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"

	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/profile"
)

// ProfileExporter delivers profiles. A collector that has no service for them, as most
// haven't, is reported once and not asked again.
type ProfileExporter struct {
	*delivery
	of    *resource.Resource
	spans *Exporter
}

var _ profile.Exporter = (*ProfileExporter)(nil)

// NewProfiles makes an exporter of profiles of one resource. Nothing is dialled before
// the first export. Nothing is sent, and nothing reported, while spans, which go to
// the same collector, aren't being delivered.
func NewProfiles(c Config, of *resource.Resource, spans *Exporter) *ProfileExporter {
	c.Signal = Profiles
	return &ProfileExporter{newDelivery(c), of, spans}
}

// ExportProfiles delivers the profiles of one window. Its error is a *DeliveryError.
func (e *ProfileExporter) ExportProfiles(ctx context.Context, window []*profile.Profile) error {
	if e.untaken.Load() {
		return nil
	}
	if e.spans != nil && e.spans.target == e.target && e.spans.Failing() {
		return nil
	}
	n := 0
	for _, p := range window {
		n += len(p.Samples)
	}
	return e.run(ctx, content{n, func(b []byte, from, to int) []byte {
		return AppendProfilesRequest(b, e.of, window, from, to)
	}})
}
