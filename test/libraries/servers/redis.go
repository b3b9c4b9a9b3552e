// SPDX-License-Identifier: Apache-2.0

package servers

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Redis starts redis-server with more arguments, and returns its port.
func Redis(t testing.TB, args ...string) string {
	t.Helper()
	port := FreePort(t)
	Start(t, port, nil, "redis-server", append([]string{
		"--bind", "127.0.0.1", "--port", port, "--dir", t.TempDir(), "--save", "", "--appendonly", "no",
	}, args...)...)
	return port
}

// RedisCluster starts a cluster of one node, and returns its port.
func RedisCluster(t testing.TB) string {
	t.Helper()
	port := Redis(t, "--cluster-enabled", "yes")
	send(t, port, "CLUSTER ADDSLOTSRANGE 0 16383", "+OK")
	for limit := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if strings.HasPrefix(send(t, port, "SET x y", ""), "+OK") {
			return port
		}
		if time.Now().After(limit) {
			t.Fatal("the cluster doesn't come up")
		}
	}
}

// RedisSentinel starts a Sentinel of the server on another port, its main, and returns
// its own.
func RedisSentinel(t testing.TB, of, password string) string {
	t.Helper()
	config, port := filepath.Join(t.TempDir(), "sentinel.conf"), FreePort(t)
	text := fmt.Sprintf("bind 127.0.0.1\nport %s\nsentinel monitor main 127.0.0.1 %s 1\nsentinel auth-pass main %s\n", port, of, password)
	if err := os.WriteFile(config, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	Start(t, port, nil, "redis-server", config, "--sentinel")
	return port
}

// send sends one command to a server and returns the first line of its answer,
// which must begin with want.
func send(t testing.TB, port, command, want string) string {
	t.Helper()
	c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "%s\r\n", command)
	line, err := bufio.NewReader(c).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, want) {
		t.Fatalf("%s: %q, %v", command, line, err)
	}
	return line
}
