// SPDX-License-Identifier: Apache-2.0

package calls

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
)

func init() { sql.Register("empty", empty{}) }

// empty is a driver of a database whose tables have no rows.
type empty struct{}

func (empty) Open(string) (driver.Conn, error)    { return empty{}, nil }
func (empty) Prepare(string) (driver.Stmt, error) { return nil, errors.ErrUnsupported }
func (empty) Begin() (driver.Tx, error)           { return nil, errors.ErrUnsupported }
func (empty) Close() error                        { return nil }
func (empty) Columns() []string                   { return []string{"name"} }
func (empty) Next([]driver.Value) error           { return io.EOF }
func (empty) QueryContext(context.Context, string, []driver.NamedValue) (driver.Rows, error) {
	return empty{}, nil
}
