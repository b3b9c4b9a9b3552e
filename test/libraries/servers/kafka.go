// SPDX-License-Identifier: Apache-2.0

package servers

import (
	"path/filepath"
	"runtime"
	"testing"

	"libraries/libtest"
)

// Kafka is a broker that speaks Kafka's protocol, franz-go's kfake.
type Kafka struct{ executable string }

// BuildKafka builds the broker from its module.
func BuildKafka(t testing.TB) Kafka {
	t.Helper()
	requires := []string{"github.com/twmb/franz-go/pkg/kfake@v0.0.0-20260918054303-01f206a7e32c", "github.com/twmb/franz-go@v1.22.3"}
	_, file, _, _ := runtime.Caller(0)
	program := libtest.NewProgram(t, filepath.Join(filepath.Dir(file), "testdata", "kafka"), requires...)
	program.Complete(t, requires...)
	return Kafka{program.Plain(t)}
}

// Start starts a broker with topics of one partition, and with one, "broken", that takes
// no messages. It returns its port.
func (k Kafka) Start(t testing.TB, topics ...string) string {
	t.Helper()
	port := FreePort(t)
	Start(t, port, nil, k.executable, append([]string{port}, topics...)...)
	return port
}
