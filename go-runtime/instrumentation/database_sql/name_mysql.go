// SPDX-License-Identifier: Apache-2.0

package databasesql

import (
	"net/url"
	"strings"

	"otel.runtime/conventions/db"
)

// mysqlName is [user[:password]@][network[(address)]]/database[?…]. The last slash
// is the database's, and the last @ in front of it the password's end, whatever
// else is in the password.
type mysqlName struct {
	network, address, database string
	hasUser                    bool
}

func parseMySQL(name string) (m mysqlName, ok bool) {
	slash := strings.LastIndexByte(name, '/')
	if slash < 0 {
		return m, false
	}
	database, _, _ := strings.Cut(name[slash+1:], "?")
	m.database, ok = unescaped(database)
	server := name[:slash]
	if at := strings.LastIndexByte(server, '@'); at >= 0 {
		server, m.hasUser = server[at+1:], true
	}
	m.network = server
	if open := strings.IndexByte(server, '('); open >= 0 {
		if !strings.HasSuffix(server, ")") {
			return m, false
		}
		m.network, m.address = server[:open], server[open+1:len(server)-1]
	}
	for i := 0; i < len(m.network); i++ {
		if c := m.network[i] | 0x20; (c < 'a' || c > 'z') && (m.network[i] < '0' || m.network[i] > '9') && !strings.ContainsRune("-_+.", rune(m.network[i])) {
			return m, false
		}
	}
	return m, ok
}

func unescaped(text string) (string, bool) {
	out, err := url.PathUnescape(text)
	return out, err == nil
}

// isMySQL reports whether a name is of this form and no other.
func isMySQL(name string) bool {
	m, ok := parseMySQL(name)
	return ok && m.hasUser && m.address != "" && (m.network == "tcp" || m.network == "unix")
}

func readMySQL(target *db.Target, name string) bool {
	m, ok := parseMySQL(name)
	if !ok {
		return false
	}
	target.Namespace = m.database
	switch {
	case m.network == "unix":
		target.Address = m.address
	case m.address == "" && (m.network == "" || m.network == "tcp"):
		return setServer(target, "127.0.0.1", "3306")
	case m.address == "":
		return false
	default:
		target.SetServer(m.address)
		if target.Port == 0 && m.network == "tcp" {
			target.Address, target.Port = strings.Trim(target.Address, "[]"), 3306
		}
	}
	return true
}
