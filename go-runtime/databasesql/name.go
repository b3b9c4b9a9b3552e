// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"net/url"
	"strconv"
	"strings"

	"otel.runtime/db"
)

// readName takes host, port and database from a data source name, and nothing
// else: user and password stay in it. false if it isn't understood.
func readName(target *db.Target, name string) bool {
	switch {
	case target.System == "sqlite":
		readPath(target, name)
		return true
	case strings.Contains(name, "://"):
		return readURL(target, name)
	case target.System == "mysql":
		return readMySQL(target, name)
	case target.System == "postgresql":
		return readPairs(target, pairsOfPostgres(name))
	case target.System == "microsoft.sql_server":
		return readPairs(target, pairsOfADO(name))
	}
	return false
}

// readPath takes the file's path from a name such as "file:shop.db?_pragma=…".
func readPath(target *db.Target, name string) {
	path, _, _ := strings.Cut(strings.TrimPrefix(name, "file:"), "?")
	if strings.HasPrefix(path, "//") {
		path = path[2:]
	}
	if path != "" {
		target.Namespace = path
	}
}

func readURL(target *db.Target, name string) bool {
	u, err := url.Parse(name)
	if err != nil {
		return false
	}
	target.Namespace = strings.Trim(u.Path, "/")
	query := u.Query()
	host, port := u.Hostname(), u.Port()
	if strings.Contains(u.Host, ",") { // several servers: which one isn't known
		host, port = "", ""
	}
	for _, key := range []string{"database", "dbname"} {
		if value := query.Get(key); value != "" {
			target.Namespace = value
		}
	}
	if host == "" {
		host = firstOnly(query.Get("host"))
	}
	if port == "" {
		port = firstOnly(query.Get("port"))
	}
	if target.System == "microsoft.sql_server" && strings.Trim(u.Path, "/") != "" {
		target.Namespace = strings.Trim(u.Path, "/") // the instance
		if database := query.Get("database"); database != "" {
			target.Namespace += "|" + database
		}
	}
	setServer(target, host, port)
	return true
}

// readMySQL takes [user[:password]@][net[(address)]]/database[?…] apart.
func readMySQL(target *db.Target, name string) bool {
	slash := strings.LastIndexByte(name, '/')
	if query := strings.IndexByte(name, '?'); query >= 0 && query < slash {
		// A slash in a value behind "?"; passwords may hold "?" too, but then
		// another slash follows the address.
		if last := strings.LastIndexByte(name[:query], '/'); last >= 0 && strings.LastIndexByte(name[:slash], ')') < last {
			slash = last
		}
	}
	if slash < 0 {
		return false
	}
	before := name[:slash]
	target.Namespace, _, _ = strings.Cut(name[slash+1:], "?")
	if at := strings.LastIndexByte(before, '@'); at >= 0 {
		before = before[at+1:]
	}
	network, address, has := strings.Cut(before, "(")
	address = strings.TrimSuffix(address, ")")
	switch {
	case network == "unix":
		target.Address = address
	case !has || address == "":
		setServer(target, "127.0.0.1", "3306")
	default:
		target.SetServer(address)
		if target.Port == 0 {
			target.Address, target.Port = strings.Trim(target.Address, "[]"), 3306
		}
	}
	return true
}

// readPairs takes the keys that libpq and ADO have.
func readPairs(target *db.Target, pairs map[string]string) bool {
	host, port := "", firstOnly(pairs["port"])
	for _, key := range []string{"hostaddr", "host", "server", "data source"} {
		if value := firstOnly(pairs[key]); value != "" {
			host = value
		}
	}
	for _, key := range []string{"dbname", "database", "initial catalog"} {
		if value := pairs[key]; value != "" {
			target.Namespace = value
		}
	}
	host, instance, has := strings.Cut(host, `\`)
	if has && instance != "" {
		target.Namespace = strings.TrimSuffix(instance+"|"+target.Namespace, "|")
	}
	if before, after, has := strings.Cut(host, ","); has { // ADO's host,port
		host, port = before, after
	}
	setServer(target, host, port)
	return target.Address != "" || target.Namespace != ""
}

// firstOnly is a value that isn't a list.
func firstOnly(value string) string {
	if strings.Contains(value, ",") && !strings.HasPrefix(value, "tcp:") {
		return ""
	}
	return value
}

// setServer sets what a system's clients take if nothing is said, too.
func setServer(target *db.Target, host, port string) {
	target.Address = host
	if host == "" || strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") {
		return
	}
	target.Port, _ = strconv.Atoi(port)
	if target.Port == 0 {
		target.Port = defaultPorts[target.System]
	}
}

var defaultPorts = map[string]int{
	"postgresql": 5432, "mysql": 3306, "microsoft.sql_server": 1433, "clickhouse": 9000, "oracle.db": 1521, "trino": 8080,
}

// pairsOfPostgres takes "host=x password='a b'" apart.
func pairsOfPostgres(name string) map[string]string {
	pairs := map[string]string{}
	for rest := strings.TrimSpace(name); rest != ""; rest = strings.TrimSpace(rest) {
		key, after, has := strings.Cut(rest, "=")
		if !has {
			break
		}
		after = strings.TrimLeft(after, " \t")
		var value strings.Builder
		at, isQuoted := 0, strings.HasPrefix(after, "'")
		if isQuoted {
			at = 1
		}
		for ; at < len(after); at++ {
			c := after[at]
			if c == '\\' && at+1 < len(after) {
				at++
				c = after[at]
			} else if isQuoted && c == '\'' || !isQuoted && (c == ' ' || c == '\t' || c == '\n') {
				at++
				break
			}
			value.WriteByte(c)
		}
		pairs[strings.ToLower(strings.TrimSpace(key))] = value.String()
		rest = after[at:]
	}
	return pairs
}

// pairsOfADO takes "server=x;password=y" apart.
func pairsOfADO(name string) map[string]string {
	pairs := map[string]string{}
	for _, pair := range strings.Split(name, ";") {
		if key, value, has := strings.Cut(pair, "="); has {
			pairs[strings.ToLower(strings.TrimSpace(key))] = strings.TrimSpace(value)
		}
	}
	return pairs
}
