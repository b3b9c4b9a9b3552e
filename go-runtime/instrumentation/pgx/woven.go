// SPDX-License-Identifier: Apache-2.0

package pgx

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// These are set by rules of kind accessor; nil where a package isn't woven.
var (
	// WovenConn is what a connection was asked to connect to, and its prepared
	// statements by their names.
	WovenConn func(c *pgx.Conn) (config *pgx.ConnConfig, prepared map[string]*pgconn.StatementDescription)

	// WovenRows is the context of the query that rows are of, and whether they are
	// closed.
	WovenRows func(rows any) (ctx context.Context, closed bool)

	// WovenBatch is the context of a batch of the simple protocol, WovenPipeline that of
	// another one.
	WovenBatch    func(results any) context.Context
	WovenPipeline func(results any) context.Context

	// WovenCopy is where rows are copied to.
	WovenCopy func(copying any) (*pgx.Conn, pgx.Identifier)

	// WovenPool is what a pool connects to.
	WovenPool func(pool any) *pgx.ConnConfig

	// WovenStat is what a pool counts.
	WovenStat func(pool any) (idle, used, most int32, waits, canceled int64, waited time.Duration, closed chan struct{})
)
