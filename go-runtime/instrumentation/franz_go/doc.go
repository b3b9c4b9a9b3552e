// SPDX-License-Identifier: Apache-2.0

// Package franzgo has the hooks of github.com/twmb/franz-go/pkg/kgo: a PRODUCER span for
// each record, until it is written or given up; a CLIENT span for each poll that returns
// records, and a CONSUMER span of their processing, until the client is polled again or
// closed, or the only record is committed; a CLIENT span for each commit by CommitRecords
// and CommitUncommittedOffsets. rulesets/franz_go says where each hook is called.
//
// The hooks of the client itself come after the program's own (kgo.WithHooks); what its
// plugin kotel has a span of has none of ours. The trace context is in a record's headers
// until its promise is called: the program's record is then as it was. A record that is
// polled has the context of its processing, or, of several, of its sender.
//
// The package imports kgo, in whichever version the program has: go.mod beside it, which
// is for development, has the oldest one.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=franz-go switches it off.
package franzgo
