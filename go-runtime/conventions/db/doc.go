// SPDX-License-Identifier: Apache-2.0

// Package db is what the hooks of all database clients have in common: the names
// of the semantic conventions, the span of one operation, and how an error is
// told without what it quotes. It hooks nothing itself.
//
// Nothing that a program stores in a database gets into a span: text of queries
// has its literals replaced, and messages of servers, which quote values, are
// left out in favour of their codes.
package db
