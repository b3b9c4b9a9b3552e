// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"strings"

	"otel.runtime/conventions/db"
)

// readSQLServer is for the three forms: sqlserver://…, odbc:key={value};… and
// key=value;… as ADO has it.
func readSQLServer(target *db.Target, name string) bool {
	switch {
	case strings.HasPrefix(name, "sqlserver://"):
		return readSQLServerURL(target, name)
	case strings.HasPrefix(name, "odbc:"):
		pairs, ok := pairsOfODBC(name[len("odbc:"):])
		return ok && readADO(target, pairs)
	case strings.Contains(name, "://") && !strings.Contains(name, "="):
		return false
	}
	return readADO(target, pairsOfADO(name))
}

func readSQLServerURL(target *db.Target, name string) bool {
	u, ok := parseURL(name)
	if !ok || strings.Contains(strings.TrimPrefix(u.Path, "/"), "/") {
		return false
	}
	database := ""
	for key, values := range u.Query() {
		if strings.EqualFold(key, "database") {
			database = values[0]
		}
	}
	target.Namespace = joined(strings.TrimPrefix(u.Path, "/"), database)
	return setServer(target, u.Hostname(), u.Port())
}

func joined(instance, database string) string {
	if instance == "" || database == "" {
		return instance + database
	}
	return instance + "|" + database
}

// adoKeys are the names that a key has.
var adoKeys = map[string]string{
	"data source": "server", "address": "server", "network address": "server", "addr": "server", "initial catalog": "database",
}

func readADO(target *db.Target, pairs map[string]string) bool {
	host, port := pairs["server"], pairs["port"]
	for _, protocol := range []string{"tcp:", "admin:", "np:", "lpc:"} {
		host = strings.TrimPrefix(host, protocol)
	}
	if before, after, has := strings.Cut(host, ","); has {
		host, port = before, strings.TrimSpace(after)
	}
	host, instance, _ := strings.Cut(host, `\`)
	if host == "." || strings.EqualFold(host, "(local)") {
		host = "localhost"
	}
	target.Namespace = joined(instance, pairs["database"])
	return setServer(target, host, port) && (target.Address != "" || target.Namespace != "")
}

// readDB2 is for HOSTNAME=…;DATABASE=…;PORT=….
func readDB2(target *db.Target, name string) bool {
	pairs, ok := pairsOfODBC(name)
	if !ok {
		return false
	}
	target.Namespace = pairs["database"]
	return setServer(target, pairs["hostname"], pairs["port"])
}

// pairsOfADO takes server=x;password="a;""b" apart.
func pairsOfADO(name string) map[string]string {
	pairs := map[string]string{}
	begin, isQuoted := 0, false
	for at := 0; at <= len(name); at++ {
		if at < len(name) && name[at] == '"' {
			isQuoted = !isQuoted
		}
		if at < len(name) && (name[at] != ';' || isQuoted) {
			continue
		}
		if key, value, has := strings.Cut(name[begin:at], "="); has {
			key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
			if len(value) >= 2 && value[0] == '"' && value[len(value)-1] == '"' {
				value = strings.ReplaceAll(value[1:len(value)-1], `""`, `"`)
			}
			if known, is := adoKeys[key]; is {
				key = known
			}
			pairs[key] = value
		}
		begin = at + 1
	}
	return pairs
}

// pairsOfODBC takes server=x;pwd={a;}}b} apart. false if it doesn't end as it
// should.
func pairsOfODBC(name string) (map[string]string, bool) {
	pairs := map[string]string{}
	for rest := strings.TrimLeft(name, "; \t\r\n"); rest != ""; rest = strings.TrimLeft(rest, "; \t\r\n") {
		equals, end := strings.IndexByte(rest, '='), strings.IndexByte(rest, ';')
		if equals < 0 || end >= 0 && end < equals { // a key without a value
			if end < 0 {
				return pairs, true
			}
			rest = rest[end:]
			continue
		}
		key := strings.ToLower(strings.TrimSpace(rest[:equals]))
		rest = strings.TrimLeft(rest[equals+1:], " \t\r\n")
		if !strings.HasPrefix(rest, "{") {
			value, after, _ := strings.Cut(rest, ";")
			pairs[key], rest = strings.TrimSpace(value), after
			continue
		}
		var value strings.Builder
		at := 1
		for ; ; at++ {
			if at >= len(rest) {
				return nil, false
			}
			if rest[at] == '}' {
				if at++; at == len(rest) || rest[at] != '}' {
					break
				}
			}
			value.WriteByte(rest[at])
		}
		pairs[key] = value.String()
		rest = strings.TrimLeft(rest[at:], " \t\r\n")
		if rest != "" && rest[0] != ';' {
			return nil, false
		}
	}
	return pairs, true
}
