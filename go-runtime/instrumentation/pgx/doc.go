// SPDX-License-Identifier: Apache-2.0

// Package pgx has the hooks of github.com/jackc/pgx/v5 and its package pgxpool: a
// CLIENT span for each operation on a connection or a pool. rulesets/pgx says where
// each hook is called.
//
// The span of a query goes on until its rows are closed, as the errors of a query are
// told there; that of a batch until its results are. An operation on a pool begins
// when it waits for a connection. What pgx sends for itself, to prepare a statement or
// to greet a server, is a part of the operation that needs it. The text of a query
// has its literals replaced, and no argument is looked at.
//
// Of a connection beneath database/sql the hooks of that have all spans, whether or
// not they are seen: it has none here. pgx's own tracers are called as they would be.
//
// The package imports pgx, in whichever version the program has: go.mod beside it,
// which is for development, has the oldest one. Types of pgxpool, which a program may
// lack, have no names here.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=pgx switches it off.
package pgx
