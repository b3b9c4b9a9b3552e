// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"net/url"
	"strconv"
	"strings"

	"otel.runtime/conventions/db"
)

// readName takes host, port and database from a data source name, and nothing
// else: user and password stay in it. false, and nothing is taken, if it isn't
// understood.
func readName(target *db.Target, read reader, name string) bool {
	if read == nil {
		return false
	}
	found := db.Target{System: target.System}
	if !read(&found, name) || !isPlain(found) {
		return false
	}
	*target = found
	return true
}

// isPlain reports whether a target has nothing that looks like a part of a data
// source name.
func isPlain(target db.Target) bool {
	return !strings.ContainsAny(target.Namespace, "@=;\n\r\x00") && !strings.Contains(target.Namespace, "://") &&
		!strings.ContainsAny(strings.TrimPrefix(target.Address, "@"), "@=;?# \t\n\r\x00'\"")
}

// readPath takes the file's path from a name such as "file:shop.db?_pragma=…".
func readPath(target *db.Target, name string) bool {
	path, isURI := name, strings.HasPrefix(name, "file:")
	if isURI {
		path, _, _ = strings.Cut(name[len("file:"):], "#")
	}
	path, _, _ = strings.Cut(path, "?")
	if isURI && strings.HasPrefix(path, "//") {
		authority, rest, _ := strings.Cut(path[2:], "/")
		if authority != "" && authority != "localhost" {
			return false
		}
		path = "/" + rest
	}
	target.Namespace = path
	return path != ""
}

// parseURL takes a URL apart if it has one user information at most: with an @, /,
// ? or # in a password that isn't encoded, a part of it would be the host's or the
// path's.
func parseURL(name string) (*url.URL, bool) {
	u, err := url.Parse(name)
	if err != nil || u.Opaque != "" || u.Scheme == "" {
		return nil, false
	}
	ats := strings.Count(name, "@")
	if u.User == nil && ats > 0 || ats > 1 {
		return nil, false
	}
	return u, true
}

// readHost takes the server from a URL whose path may be anything.
func readHost(target *db.Target, name string) bool {
	if !strings.Contains(name, "://") {
		name = "x://" + name
	}
	u, ok := parseURL(name)
	if !ok || u.Host == "" {
		return false
	}
	return setHosts(target, u.Host)
}

// readURL takes the database too, which is the path.
func readURL(target *db.Target, name string) bool {
	u, ok := parseURL(name)
	if !ok {
		return false
	}
	target.Namespace = strings.Trim(u.Path, "/")
	if database := u.Query().Get("database"); database != "" {
		target.Namespace = database
	}
	return setHosts(target, u.Host)
}

// readFirebird is for user:password@server/path.
func readFirebird(target *db.Target, name string) bool {
	if !strings.HasPrefix(name, "firebird://") {
		name = "firebird://" + name
	}
	u, ok := parseURL(name)
	if !ok || u.User == nil {
		return false
	}
	target.Namespace = u.Path
	if strings.Count(u.Path, "/") == 1 {
		target.Namespace = u.Path[1:]
	}
	return setHosts(target, u.Host)
}

// readSpanner is for [host/]projects/p/instances/i/databases/d[?…|;…].
func readSpanner(target *db.Target, name string) bool {
	name, _, _ = strings.Cut(name, ";")
	name, _, _ = strings.Cut(name, "?")
	parts := strings.Split(name, "/")
	if len(parts) == 7 {
		setHosts(target, parts[0])
		parts = parts[1:]
	}
	if len(parts) != 6 || parts[0] != "projects" || parts[2] != "instances" || parts[4] != "databases" {
		return false
	}
	target.Namespace = parts[5]
	return true
}

// readSnowflake is for user:password@account/database[/schema][?…].
func readSnowflake(target *db.Target, name string) bool {
	name = strings.TrimPrefix(name, "snowflake://")
	if strings.Count(name, "@") != 1 {
		return false
	}
	_, name, _ = strings.Cut(name, "@")
	name, _, _ = strings.Cut(name, "?")
	parts := strings.Split(name, "/")
	if len(parts) > 3 {
		return false
	}
	if len(parts) > 1 {
		target.Namespace = strings.Join(parts[1:], "|")
	}
	if host := parts[0]; strings.Contains(host, ".") || strings.Contains(host, ":") {
		return setHosts(target, host)
	}
	return true
}

// setHosts sets the server from host[:port], unless there are several.
func setHosts(target *db.Target, hosts string) bool {
	if strings.Contains(hosts, ",") {
		return true
	}
	u := url.URL{Host: hosts}
	return setServer(target, u.Hostname(), u.Port())
}

// setServer sets what a system's clients take if nothing is said, too. false if
// the port is none.
func setServer(target *db.Target, host, port string) bool {
	target.Address = host
	if host == "" || strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") {
		return true
	}
	target.Port = defaultPorts[target.System]
	if port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil {
			return false
		}
		target.Port = int(n)
	}
	return true
}

// firstOnly is a value that isn't a list.
func firstOnly(value string) string {
	if strings.Contains(value, ",") {
		return ""
	}
	return value
}
