// SPDX-License-Identifier: Apache-2.0

// Package gorm has the hooks of gorm: an INTERNAL span for each operation, by
// its kind and table. rulesets/gorm says where each hook is called. It
// doesn't import gorm.
//
// gorm.ErrRecordNotFound is no error. Where the program uses the plugin
// gorm.io/plugin/opentelemetry/tracing or otelgorm, gorm is left to it.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=gorm switches it off.
package gorm
