// SPDX-License-Identifier: Apache-2.0

package servers

import (
	"os"
	"testing"
)

// Memcached starts memcached, and returns its port.
func Memcached(t testing.TB) string {
	t.Helper()
	port := FreePort(t)
	args := []string{"-l", "127.0.0.1", "-p", port, "-U", "0", "-m", "16"}
	if os.Getuid() == 0 {
		args = append(args, "-u", "nobody")
	}
	Start(t, port, nil, "memcached", args...)
	return port
}
