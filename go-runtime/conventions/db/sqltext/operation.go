// SPDX-License-Identifier: Apache-2.0

package sqltext

import (
	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions/db"
)

// Operation is how a span tells of a query that is sent to target, or of what is
// done to it, such as PREPARE: its name, and the attributes, with room for one more.
//
// https://opentelemetry.io/docs/specs/semconv/db/sql/
func Operation(target *db.Target, doing, query string) (name string, all []attribute.KeyValue) {
	s := Describe(target.System, query)
	summary, operation := s.Summary, s.Operation
	if doing != "" {
		operation = doing
		if summary != "" {
			summary = doing + " " + summary
		}
	}
	all = target.Append(make([]attribute.KeyValue, 0, 9))
	if operation != "" {
		all = append(all, db.OperationName.String(operation))
	}
	if s.Collection != "" {
		all = append(all, db.CollectionName.String(s.Collection))
	}
	if s.Text != "" {
		all = append(all, db.QueryText.String(s.Text))
	}
	name = summary
	if name != "" {
		all = append(all, db.QuerySummary.String(name))
	} else if name = target.Text(); name == "" {
		name = target.System
	}
	return name, all
}
