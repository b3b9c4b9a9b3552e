// SPDX-License-Identifier: Apache-2.0

package redis

import (
	"fmt"
	"reflect"
	"strings"

	"otel.runtime/internal/redact"
)

// command is what is needed of go-redis's Cmder.
type command interface {
	Name() string
	Args() []any
	Err() error
}

const (
	maxText = 1024 // bytes of db.query.text
	maxKey  = 128  // bytes of a key
	maxArgs = 32   // arguments of a command that are shown
)

// nameOf is the command's name, as the documentation of Redis writes it. What a
// program passes to Do may be anything.
func nameOf(c command) string {
	name := c.Name()
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

// textOf is the command with its keys, and ? for each other argument.
func textOf(c command) string {
	args := c.Args()
	var out strings.Builder
	out.WriteString(nameOf(c))
	isKey := keysOf(strings.ToLower(c.Name()), args)
	for i := 1; i < len(args); i++ {
		if i > maxArgs || out.Len() > maxText {
			out.WriteString(" …")
			break
		}
		out.WriteByte(' ')
		if isKey(i) {
			out.WriteString(keyText(args[i]))
		} else {
			out.WriteByte('?')
		}
	}
	return out.String()
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
func keysOf(name string, args []any) func(i int) bool {
	switch {
	case firstIsKey[name]:
		return func(i int) bool { return i == 1 }
	case firstTwoAreKeys[name]:
		return func(i int) bool { return i <= 2 }
	case allAreKeys[name]:
		return func(i int) bool { return true }
	case name == "mset" || name == "msetnx":
		return func(i int) bool { return i%2 == 1 }
	case (name == "eval" || name == "evalsha" || name == "eval_ro" || name == "evalsha_ro" || name == "fcall" || name == "fcall_ro") && len(args) > 2:
		n, ok := args[2].(int)
		return func(i int) bool { return ok && i > 2 && i <= 2+n }
	case name == "object" || name == "xgroup" || name == "xinfo" || name == "memory":
		return func(i int) bool { return i == 2 }
	}
	return func(int) bool { return false }
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

// commandsOf are the commands of a pipeline, without the MULTI and EXEC that go
// around them in a transaction.
func commandsOf(cmds any) (all []command, inTransaction bool) {
	v := reflect.ValueOf(cmds)
	if v.Kind() != reflect.Slice {
		return nil, false
	}
	for i := 0; i < v.Len(); i++ {
		if c, ok := v.Index(i).Interface().(command); ok {
			all = append(all, c)
		}
	}
	if n := len(all); n >= 2 && all[0].Name() == "multi" && all[n-1].Name() == "exec" {
		return all[1 : n-1], true
	}
	return all, false
}

// commonName is the name that all commands have, or nothing.
func commonName(all []command) string {
	name := ""
	for i, c := range all {
		if i > 0 && nameOf(c) != name {
			return ""
		}
		name = nameOf(c)
	}
	return name
}

func textOfAll(all []command) string {
	var out strings.Builder
	for i, c := range all {
		if out.Len() > maxText {
			out.WriteString("; …")
			break
		}
		if i > 0 {
			out.WriteString("; ")
		}
		out.WriteString(textOf(c))
	}
	return out.String()
}
