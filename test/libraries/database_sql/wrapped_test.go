// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"testing"

	"libraries/libtest"
)

// A driver behind wrappers is known by what they wrap, or by the data source
// name. Of one that isn't known, nothing in quotes is told.
func TestWrappedDrivers(t *testing.T) {
	requires := []string{
		"github.com/go-sql-driver/mysql@v1.8.1", "github.com/lib/pq@v1.10.9",
		"github.com/ngrok/sqlmw@v0.0.0-20220520173518-97c9c04efc79", "contrib.go.opencensus.io/integrations/ocsql@v0.1.7",
		"github.com/luna-duclos/instrumentedsql@v1.1.3", "github.com/simukti/sqldb-logger@v0.0.0-20230108155151-646c1a075551",
	}
	program := libtest.NewProgram(t, "testdata/wrapped", append(requires,
		"github.com/simukti/sqldb-logger/logadapter/zerologadapter@v0.0.0-20230108155151-646c1a075551", "github.com/rs/zerolog@v1.26.1")...)
	program.Complete(t, requires...)
	want := libtest.Run(t, program.Plain(t), nil)
	got, exported := libtest.RunWoven(t, program.Woven(t), nil)
	if want != got {
		t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
	}
	if exported.Holds("secret-4711") {
		t.Error("a secret was exported")
	}
	libtest.Golden(t, "wrapped.spans", exported.Text())
}
