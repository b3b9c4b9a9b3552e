// SPDX-License-Identifier: Apache-2.0

// Package mongo has the hooks of the MongoDB driver, v1 and v2: a CLIENT span
// for each command. rulesets/mongo says where each hook is called. It
// doesn't import the driver.
//
// Of a command only its structure is kept: the name, the collection, and the
// names of fields in filters. The program's own command monitor is called as
// before; if that is otelmongo's, its spans are enough.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=mongo-driver switches it off.
package mongo
