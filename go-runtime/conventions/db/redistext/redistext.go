// SPDX-License-Identifier: Apache-2.0

// Package redistext is how spans tell of commands of Redis, and of what serves its
// protocol: names, and keys; no value.
package redistext

import (
	"fmt"
	"strconv"
	"strings"

	"otel.runtime/conventions/db"
	"otel.runtime/internal/redact"
)

const (
	maxText = 1024 // bytes of db.query.text
	maxKey  = 128  // bytes of a key
	maxArgs = 31   // arguments of a command that are shown
)

// Name is a command's name, as the documentation of Redis writes it. What a program
// sends may be anything.
func Name(name string) string {
	if name == "" || len(name) > 40 {
		return "UNKNOWN"
	}
	for _, r := range name {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-') {
			return "UNKNOWN"
		}
	}
	return strings.ToUpper(name)
}

// Text is a command with its keys, and ? for each other argument.
func Text[T any](name string, args []T) string {
	var out strings.Builder
	out.WriteString(Name(name))
	isKey := keysOf(strings.ToLower(name), args)
	for i, arg := range args {
		if i >= maxArgs || out.Len() > maxText {
			out.WriteString(" …")
			break
		}
		out.WriteByte(' ')
		if isKey(i) {
			out.WriteString(keyText(arg))
		} else {
			out.WriteByte('?')
		}
	}
	return out.String()
}

// Joined is the text of a pipeline with one more command.
func Joined(text string, next func() string) string {
	const more = "; …"
	switch {
	case text == "":
		return next()
	case len(text) <= maxText:
		return text + "; " + next()
	case strings.HasSuffix(text, more):
		return text
	}
	return text + more
}

func keyText(key any) string {
	var text string
	switch k := key.(type) {
	case string:
		text = k
	case []byte:
		text = string(k)
	case int, int64, int32, uint, uint64, uint32:
		text = fmt.Sprint(k)
	default:
		return "?" // it may be written by a method of the program's
	}
	text = redact.Key(text)
	if len(text) > maxKey {
		text = text[:maxKey] + "…"
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// keysOf says which arguments of a command are keys, by their index; of a
// command that isn't known, none.
func keysOf[T any](name string, args []T) func(i int) bool {
	switch {
	case firstIsKey[name]:
		return func(i int) bool { return i == 0 }
	case firstTwoAreKeys[name]:
		return func(i int) bool { return i <= 1 }
	case allAreKeys[name]:
		return func(i int) bool { return true }
	case name == "mset" || name == "msetnx":
		return func(i int) bool { return i%2 == 0 }
	case (name == "eval" || name == "evalsha" || name == "eval_ro" || name == "evalsha_ro" || name == "fcall" || name == "fcall_ro") && len(args) > 1:
		n := numberIn(args[1])
		return func(i int) bool { return i > 1 && i <= 1+n }
	case name == "object" || name == "xgroup" || name == "xinfo" || name == "memory":
		return func(i int) bool { return i == 1 }
	}
	return func(int) bool { return false }
}

// numberIn is 0 for what is none.
func numberIn(arg any) int {
	switch n := arg.(type) {
	case int:
		return n
	case string:
		if number, err := strconv.Atoi(n); err == nil {
			return number
		}
	}
	return 0
}

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(words) {
		all[word] = true
	}
	return all
}

var (
	firstIsKey = set(`append bitcount bitfield bitfield_ro bitpos decr decrby dump expire expireat expiretime geoadd geodist
		geohash geopos georadius georadiusbymember geosearch get getbit getdel getex getrange getset hdel hexists hget hgetall
		hincrby hincrbyfloat hkeys hlen hmget hmset hrandfield hscan hset hsetnx hstrlen hvals hexpire hpexpire httl hpttl
		hpersist incr incrby incrbyfloat lindex linsert llen lpop lpos lpush lpushx lrange lrem lset ltrim move persist pexpire
		pexpireat pexpiretime pfadd psetex pttl restore rpop rpush rpushx sadd scard set setbit setex setnx setrange sismember
		smembers smismember sort sort_ro spop srandmember srem sscan strlen substr ttl type xack xadd xautoclaim xclaim xdel
		xlen xpending xrange xrevrange xtrim zadd zcard zcount zincrby zlexcount zmscore zpopmax zpopmin zrandmember zrange
		zrangebylex zrangebyscore zrank zrem zremrangebylex zremrangebyrank zremrangebyscore zrevrange zrevrangebylex
		zrevrangebyscore zrevrank zscan zscore json.get json.set json.del bf.add bf.exists`)
	firstTwoAreKeys = set(`rename renamenx copy lmove rpoplpush smove blmove brpoplpush geosearchstore zrangestore lcs`)
	allAreKeys      = set(`del unlink exists touch mget sinter sunion sdiff sinterstore sunionstore sdiffstore pfcount pfmerge watch`)
)

// Answered is the failure that a server has answered with: its prefix, such as
// WRONGTYPE, without the message, which quotes arguments.
func Answered(message string) *db.Failure {
	prefix, _, _ := strings.Cut(message, " ")
	if isPrefix(prefix) {
		return db.Answered(prefix)
	}
	return &db.Failure{Type: "redis.Error"}
}

func isPrefix(word string) bool {
	for _, r := range word {
		if !(r >= 'A' && r <= 'Z' || r == '_') {
			return false
		}
	}
	return word != "" && len(word) <= 20
}
