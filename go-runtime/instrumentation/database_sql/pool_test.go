// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"testing"

	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/conventions/db"
	"otel.runtime/telemetry/meter"
)

// connector opens connections that can do nothing.
type connector struct{ driver.Conn }

func (c connector) Connect(context.Context) (driver.Conn, error) { return c, nil }
func (c connector) Driver() driver.Driver                        { return c }
func (c connector) Open(string) (driver.Conn, error)             { return nil, errors.New("by the connector only") }
func (connector) Close() error                                   { return nil }

func TestPools(t *testing.T) {
	reader := sdkmetric.NewManualReader()
	provider := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader))
	meter.Provide = func() metric.MeterProvider { return provider }
	closed := wovenClosed
	t.Cleanup(func() { meter.Provide, wovenClosed = nil, closed })
	gone := map[*sql.DB]bool{}
	wovenClosed = func(of *sql.DB) bool { return gone[of] }

	ctx := context.Background()
	open := func(most int, d database) *sql.DB {
		of := sql.OpenDB(connector{})
		of.SetMaxOpenConns(most)
		t.Cleanup(func() { of.Close(); databases.Delete(of) })
		databases.Store(of, &d)
		return of
	}
	shop := db.Target{System: "postgresql", Namespace: "shop", Address: "db", Port: 5432}
	first := open(2, database{target: shop})
	open(3, database{target: shop})
	open(5, database{target: shop, wrapped: true})
	gone[open(7, database{target: shop})] = true
	used, err := first.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer used.Close()
	idle, err := first.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	idle.Close()

	pools.Observe()
	pools.Observe()
	var all metricdata.ResourceMetrics
	if err := reader.Collect(ctx, &all); err != nil || len(all.ScopeMetrics) != 1 {
		t.Fatalf("%v %+v", err, all)
	}
	got := map[string]int64{}
	for _, m := range all.ScopeMetrics[0].Metrics {
		if data, ok := m.Data.(metricdata.Sum[int64]); ok {
			for _, p := range data.DataPoints {
				state, _ := p.Attributes.Value("db.client.connection.state")
				name, _ := p.Attributes.Value("db.client.connection.pool.name")
				got[m.Name+" "+name.AsString()+" "+state.AsString()] = p.Value
			}
		}
	}
	for what, want := range map[string]int64{
		"db.client.connection.count db:5432/shop idle": 1, "db.client.connection.count db:5432/shop used": 1, "db.client.connection.max db:5432/shop ": 5,
		"otel.db.client.connection.waits db:5432/shop ": 0,
	} {
		if value, there := got[what]; !there || value != want {
			t.Errorf("%s: %d, want %d; all: %v", what, value, want, got)
		}
	}
}
