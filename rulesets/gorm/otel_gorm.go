// SPDX-License-Identifier: Apache-2.0

// Added to package gorm: what otel.runtime/instrumentation/gorm can't reach from outside,
// through function variables, by linkname.

package gorm

import (
	"context"
	"errors"
	_ "unsafe" // for go:linkname
)

// otelBefore tells what a processor is about to execute. ok is false if there is
// nothing to trace: the statement is only built, or the program's own plugin
// traces it. processor is a *processor, db a *DB.
//
//go:linkname otelBefore
var otelBefore func(processor, db interface{}) (operation, dialect string, ctx context.Context, ok bool) = otelLoadBefore

//go:linkname otelLoadBefore
//go:noinline
func otelLoadBefore(p, db interface{}) (operation, dialect string, ctx context.Context, ok bool) {
	executing, d := p.(*processor), db.(*DB)
	if d == nil || d.Config == nil || d.Statement == nil || d.DryRun {
		return "", "", nil, false
	}
	if _, traces := d.Plugins["otelgorm"]; traces || d.callbacks == nil {
		return "", "", nil, false
	}
	for name, known := range d.callbacks.processors {
		if known == executing {
			operation = name
		}
	}
	if d.Dialector != nil {
		dialect = d.Dialector.Name()
	}
	return operation, dialect, d.Statement.Context, true
}

// otelSetContext gives the statement of db another context if it has the one
// that it is expected to have.
//
//go:linkname otelSetContext
var otelSetContext func(db interface{}, expected, next context.Context) = otelStoreContext

//go:linkname otelStoreContext
//go:noinline
func otelStoreContext(db interface{}, expected, next context.Context) {
	if d := db.(*DB); d.Statement.Context == expected {
		d.Statement.Context = next
	}
}

// otelAfter tells the table of a statement that was executed, and its error,
// unless that says that there is no such record.
//
//go:linkname otelAfter
var otelAfter func(db interface{}) (table string, err error) = otelLoadAfter

//go:linkname otelLoadAfter
//go:noinline
func otelLoadAfter(db interface{}) (table string, err error) {
	d, ok := db.(*DB)
	if !ok || d == nil {
		return "", nil
	}
	if d.Statement != nil {
		table = d.Statement.Table
	}
	if errors.Is(d.Error, ErrRecordNotFound) {
		return table, nil
	}
	return table, d.Error
}
