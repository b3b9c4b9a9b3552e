// SPDX-License-Identifier: Apache-2.0

package redis

import (
	"errors"
	"strings"
	"testing"
)

type fake struct{ args []any }

func (f fake) Name() string {
	if len(f.args) == 0 {
		return ""
	}
	name, _ := f.args[0].(string)
	return strings.ToLower(name)
}
func (f fake) Args() []any { return f.args }
func (f fake) Err() error  { return nil }

func TestTextKeepsKeysOnly(t *testing.T) {
	tests := []struct {
		args []any
		text string
	}{
		{[]any{"set", "k", "secret"}, "SET k ?"},
		{[]any{"mset", "k", "secret", "l", "secret"}, "MSET k ? l ?"},
		{[]any{"del", "k", []byte("l"), 3}, "DEL k l 3"},
		{[]any{"auth", "user", "secret"}, "AUTH ? ?"},
		{[]any{"hello", 3, "auth", "user", "secret", "setname", "secret"}, "HELLO ? ? ? ? ? ?"},
		{[]any{"config", "set", "requirepass", "secret"}, "CONFIG ? ? ?"},
		{[]any{"acl", "setuser", "bob", ">secret"}, "ACL ? ? ?"},
		{[]any{"migrate", "h", 1, "k", 0, 5, "auth", "secret"}, "MIGRATE ? ? ? ? ? ? ?"},
		{[]any{"get", "session:secret"}, "GET session:REDACTED"},
		{[]any{"get", "session:a;b & secret:cart"}, "GET session:REDACTED"},
		{[]any{"get", "cart:17:items"}, "GET cart:17:items"},
		{[]any{"get", "user:7:refresh_token:secret"}, "GET user:7:refresh_token:REDACTED"},
		{[]any{"get", "eyJhbGciOiJIUzI1NiJ9.secret"}, "GET REDACTED"},
		{[]any{"evalsha", "secret", 2, "k", "l", "secret"}, "EVALSHA ? ? k l ?"},
		{[]any{"eval", "secret"}, "EVAL ?"},
		{[]any{"unheard.of", "secret"}, "UNHEARD.OF ?"},
		{[]any{"set k secret"}, "UNKNOWN"},
		{[]any{"get", struct{ s string }{"secret"}}, "GET ?"},
		{[]any{"get", "k\xff"}, "GET k\uFFFD"},
		{nil, "UNKNOWN"},
		{[]any{"get", strings.Repeat("k", 200)}, "GET " + strings.Repeat("k", 128) + "…"},
	}
	for _, test := range tests {
		if got := textOf(fake{test.args}); got != test.text {
			t.Errorf("%v: got %q, want %q", test.args, got, test.text)
		}
	}
}

func TestCommandsOfTransactionAreThoseBetweenMultiAndExec(t *testing.T) {
	pipeline := []fake{{[]any{"multi"}}, {[]any{"get", "a"}}, {[]any{"get", "b"}}, {[]any{"exec"}}}
	all, in := commandsOf(pipeline)
	if !in || len(all) != 2 || commonName(all) != "GET" || textOfAll(all) != "GET a; GET b" {
		t.Errorf("%v, %v", all, in)
	}
	if all, in := commandsOf(pipeline[:3]); in || len(all) != 3 || commonName(all) != "" {
		t.Errorf("%v, %v", all, in)
	}
	if all, _ := commandsOf(nil); all != nil {
		t.Errorf("%v", all)
	}
}

type answer string

func (a answer) Error() string { return string(a) }
func (answer) RedisError()     {}

func TestFailureTellsPrefixOnly(t *testing.T) {
	tests := []struct {
		err                     error
		kind, code, description string
	}{
		{answer("WRONGTYPE secret"), "WRONGTYPE", "WRONGTYPE", ""},
		{answer("secret"), "redis.Error", "", ""},
		{errors.New("secret"), "*errors.errorString", "", ""},
		{errors.New("redis: client is closed"), "redis.ErrClosed", "", "redis: client is closed"},
	}
	for _, test := range tests {
		f := failureOf(test.err)
		if f.Type != test.kind || f.Code != test.code || f.Description != test.description {
			t.Errorf("%v: %+v", test.err, f)
		}
	}
	if failureOf(nil) != nil || failureOf(answer("redis: nil")) != nil {
		t.Error("nothing found is a failure")
	}
}
