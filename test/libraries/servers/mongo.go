// SPDX-License-Identifier: Apache-2.0

package servers

import (
	"path/filepath"
	"runtime"
	"testing"

	"libraries/libtest"
)

// Mongo is a server that speaks MongoDB's protocol, FerretDB with SQLite.
type Mongo struct{ executable string }

// BuildMongo builds the server from its module, which takes a minute the first
// time.
func BuildMongo(t testing.TB) Mongo {
	t.Helper()
	const module = "github.com/FerretDB/FerretDB@v1.24.0"
	_, file, _, _ := runtime.Caller(0)
	program := libtest.NewProgram(t, filepath.Join(filepath.Dir(file), "testdata", "ferret"), module)
	program.Complete(t, module)
	return Mongo{program.Plain(t)}
}

// Start starts a server with nothing in it and returns its port.
func (m Mongo) Start(t testing.TB) string {
	t.Helper()
	port := FreePort(t)
	Start(t, port, nil, m.executable, port, t.TempDir())
	return port
}
