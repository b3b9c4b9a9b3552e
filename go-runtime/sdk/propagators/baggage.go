// SPDX-License-Identifier: Apache-2.0

package propagators

import (
	"context"
	"net/url"
	"strings"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
)

// extractBaggage is ctx with a member for each header that begins with prefix.
func extractBaggage(ctx context.Context, carrier propagation.TextMapCarrier, prefix string, unescape func(string) (string, error)) context.Context {
	bag := baggage.FromContext(ctx)
	found := false
	for _, key := range carrier.Keys() {
		name := strings.ToLower(key)
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		value, err := unescape(carrier.Get(key))
		if err != nil {
			continue
		}
		member, err := baggage.NewMember(strings.TrimPrefix(name, prefix), url.PathEscape(value))
		if err != nil {
			continue
		}
		if more, err := bag.SetMember(member); err == nil {
			bag, found = more, true
		}
	}
	if !found {
		return ctx
	}
	return baggage.ContextWithBaggage(ctx, bag)
}
