// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"database/sql"
	"reflect"
	"sync"

	"otel.runtime/conventions/db"
)

// database is what is known of a sql.DB. Not changed once it is in the map.
type database struct {
	target  db.Target
	wrapped bool // by another instrumentation, whose spans are enough
}

// databases has those that aren't closed: *sql.DB to *database. A DB that is
// never closed is never collected either, as a goroutine of its own holds it.
var databases sync.Map

func noteOpened(opened *sql.DB, name string) {
	databases.Store(opened, describeDatabase(opened, name))
}

func databaseOf(of *sql.DB) *database {
	if known, ok := databases.Load(of); ok {
		return known.(*database)
	}
	d := describeDatabase(of, "")
	if !wovenClosed(of) {
		databases.Store(of, d)
	}
	return d
}

func describeDatabase(of *sql.DB, name string) *database {
	connector, dsn := wovenDatabase(of)
	if dsn != "" {
		name = dsn
	}
	c := chain{driver: aDriver{system: unknownSystem}}
	c.look(connector)
	c.look(of.Driver())
	return &database{target: c.target(name), wrapped: c.instrumented}
}

// target is the database of a chain of drivers that was opened with a name, which
// may be empty.
func (c *chain) target(name string) db.Target {
	if name == "" {
		name = c.name()
	}
	if !c.known {
		c.driver = driverOfName(name)
	}
	target := db.Target{System: c.driver.system}
	if name != "" && readName(&target, c.driver.read, name) {
		return target
	}
	for _, connector := range c.connectors {
		found := target
		if readConnector(&found, connector); isPlain(found) && found != target {
			return found
		}
	}
	return target
}

// name is the data source name in one of the connectors.
func (c *chain) name() string {
	for _, connector := range c.connectors {
		fields := []string{"dsn", "DSN"}
		if _, known := driverIn(connector.Type().PkgPath()); known {
			fields = append(fields, "name")
		}
		for _, field := range fields {
			if f := connector.FieldByName(field); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
				return f.String()
			}
		}
	}
	return ""
}
