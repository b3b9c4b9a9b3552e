// SPDX-License-Identifier: Apache-2.0

// Package servers starts real servers for a test, on the loopback interface, on
// ports that are free, with their data in a temporary folder. They end with the
// test.
package servers

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// FreePort is a port that nobody listens on.
func FreePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// Postgres starts PostgreSQL and returns its port. User postgres, database
// postgres, no password.
func Postgres(t testing.TB) string {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(found) == 0 {
		t.Fatal("no PostgreSQL; run packaging/install-dependencies")
	}
	bin := found[len(found)-1]
	credential, home := as(t, "postgres")
	data := filepath.Join(home, "data")
	run(t, credential, filepath.Join(bin, "initdb"), "-A", "trust", "--no-sync", "-U", "postgres", "-E", "UTF8", "-D", data)
	port := FreePort(t)
	Start(t, port, credential, filepath.Join(bin, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", port, "-k", home, "-c", "fsync=off")
	// It listens before it lets anybody in.
	for limit := time.Now().Add(60 * time.Second); time.Now().Before(limit); time.Sleep(50 * time.Millisecond) {
		if state, _ := os.ReadFile(filepath.Join(data, "postmaster.pid")); bytes.Contains(state, []byte("ready")) {
			return port
		}
	}
	t.Fatal("PostgreSQL doesn't get ready")
	return ""
}

// MariaDB starts MariaDB and returns its port. User root has no password;
// database test is there.
func MariaDB(t testing.TB) string {
	t.Helper()
	credential, home := as(t, "mysql")
	data := filepath.Join(home, "data")
	args := []string{"--no-defaults", "--datadir=" + data, "--auth-root-authentication-method=normal", "--skip-test-db"}
	run(t, credential, "mariadb-install-db", args...)
	port := FreePort(t)
	Start(t, port, credential, "mariadbd", "--no-defaults", "--datadir="+data, "--bind-address=127.0.0.1",
		"--port="+port, "--socket="+filepath.Join(home, "s"))
	return port
}

// as is who a server runs as, that refuses to run as root, and a folder of its.
func as(t testing.TB, name string) (*syscall.SysProcAttr, string) {
	t.Helper()
	home, err := os.MkdirTemp("", "otel")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	if os.Getuid() != 0 {
		return nil, home
	}
	account, err := user.Lookup(name)
	if err != nil {
		t.Fatalf("%v; run packaging/install-dependencies", err)
	}
	uid, _ := strconv.Atoi(account.Uid)
	gid, _ := strconv.Atoi(account.Gid)
	if err := os.Chown(home, uid, gid); err != nil {
		t.Fatal(err)
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, home
}

func run(t testing.TB, attributes *syscall.SysProcAttr, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.SysProcAttr, cmd.Dir = attributes, "/"
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// Start starts a server, waits until it listens on port, and ends it with the
// test.
func Start(t testing.TB, port string, attributes *syscall.SysProcAttr, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr, cmd.Dir = attributes, "/"
	if err := cmd.Start(); err != nil {
		t.Fatalf("%v; run packaging/install-dependencies", err)
	}
	over := make(chan error, 1)
	go func() { over <- cmd.Wait() }()
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGINT) // PostgreSQL: without waiting for clients
		select {
		case <-over:
		case <-time.After(5 * time.Second):
			cmd.Process.Kill()
			<-over
		}
	})
	for limit := time.Now().Add(60 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", port)); err == nil {
			c.Close()
			return
		}
		select {
		case err := <-over:
			over <- err
			t.Fatalf("%s has ended: %v\n%s", name, err, said.String())
		default:
		}
		if time.Now().After(limit) {
			t.Fatal(fmt.Sprintf("%s doesn't listen\n%s", name, said.String()))
		}
	}
}
