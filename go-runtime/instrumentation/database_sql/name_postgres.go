// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"strings"

	"otel.runtime/conventions/db"
)

// readPostgres is for both forms: postgres://… and key=value.
func readPostgres(target *db.Target, name string) bool {
	if !strings.HasPrefix(name, "postgres://") && !strings.HasPrefix(name, "postgresql://") {
		pairs, ok := pairsOfPostgres(name)
		return ok && readPairs(target, pairs)
	}
	u, ok := parseURL(name)
	if !ok {
		return false
	}
	query := u.Query()
	target.Namespace = strings.TrimPrefix(u.Path, "/")
	for _, key := range []string{"database", "dbname"} {
		if value := query.Get(key); value != "" {
			target.Namespace = value
		}
	}
	if strings.Contains(u.Host, ",") { // several servers: which one isn't known
		return true
	}
	host, port := u.Hostname(), u.Port()
	if value := query.Get("host"); host == "" || value != "" {
		host = firstOnly(value)
	}
	if value := query.Get("port"); value != "" {
		port = firstOnly(value)
	}
	return setServer(target, host, port)
}

// pairsOfPostgres takes "host=x password='a b'" apart. false if it doesn't end as
// it should.
func pairsOfPostgres(name string) (map[string]string, bool) {
	const white = " \t\n\r\v\f"
	pairs := map[string]string{}
	for rest := strings.TrimLeft(name, white); rest != ""; rest = strings.TrimLeft(rest, white) {
		key, after, has := strings.Cut(rest, "=")
		key = strings.Trim(key, white)
		if !has || key == "" || strings.ContainsAny(key, white+"'\\") {
			return nil, false
		}
		after = strings.TrimLeft(after, white)
		var value strings.Builder
		at, isQuoted := 0, strings.HasPrefix(after, "'")
		closed := !isQuoted
		if isQuoted {
			at = 1
		}
		for ; at < len(after); at++ {
			c := after[at]
			if c == '\\' {
				if at++; at == len(after) {
					break
				}
				c = after[at]
			} else if isQuoted && c == '\'' || !isQuoted && strings.IndexByte(white, c) >= 0 {
				closed = true
				at++
				break
			}
			value.WriteByte(c)
		}
		if !closed {
			return nil, false
		}
		pairs[key] = value.String()
		rest = after[at:]
	}
	return pairs, true
}

// readPairs takes the keys that libpq has.
func readPairs(target *db.Target, pairs map[string]string) bool {
	for _, key := range []string{"database", "dbname"} {
		if value := pairs[key]; value != "" {
			target.Namespace = value
		}
	}
	host := pairs["host"]
	if address := pairs["hostaddr"]; address != "" && host == "" {
		host = address
	}
	return setServer(target, firstOnly(host), firstOnly(pairs["port"])) && (target.Address != "" || target.Namespace != "")
}
