// SPDX-License-Identifier: Apache-2.0

package valkey

import (
	"context"
	"errors"

	"github.com/valkey-io/valkey-go"

	"otel.runtime/conventions/db"
	"otel.runtime/conventions/db/rediscall"
	"otel.runtime/conventions/db/redistext"
	"otel.runtime/hook"
)

var system = rediscall.New("redis", "otel.runtime/valkey", "valkey")

// These are set by rules of kind accessor: what a client of each kind is connected to.
var (
	WovenSingle           func(client any) string
	WovenSentinel         func(client any) string
	WovenDedicated        func(client any) string
	WovenDedicatedCluster func(client any) string
	WovenConn             func(conn any) string
)

func clientOf(client any) rediscall.Client {
	of := rediscall.Client{Of: client}
	for _, known := range []struct {
		address func(any) string
		derived bool
	}{{WovenSingle, false}, {WovenSentinel, false}, {WovenDedicated, true}, {WovenDedicatedCluster, true}} {
		if known.address == nil {
			continue
		}
		if of.Address = known.address(client); of.Address != "" {
			of.Derived = known.derived
			break
		}
	}
	return of
}

// begins reports whether an operation begins here; if one client has handed it to
// another, it is noted where it goes.
func begins(ctx context.Context, client any) bool {
	if !system.Skips(ctx) {
		return true
	}
	if system.Within(ctx) {
		system.Goes(ctx, clientOf(client).Address)
	}
	return false
}

// AfterNewClient notes which database a client has.
func AfterNewClient(_ *hook.Call, option valkey.ClientOption, client valkey.Client, err error) {
	if err == nil && client != nil {
		system.Opened(client, option.SelectDB)
	}
}

// BeforeDo, and the hooks that follow, begin the span of an operation.
func BeforeDo(call *hook.Call, client any, ctx *context.Context, command valkey.Completed) {
	if begins(*ctx, client) {
		system.Command(call, ctx, clientOf(client), command.Commands())
	}
}

func BeforeDoMulti(call *hook.Call, client any, ctx *context.Context, commands []valkey.Completed) {
	if begins(*ctx, client) {
		rediscall.Pipeline(system, call, ctx, clientOf(client), commands, wordsOf)
	}
}

func BeforeDoCache(call *hook.Call, client any, ctx *context.Context, command valkey.Cacheable, _ any) {
	if begins(*ctx, client) {
		system.Command(call, ctx, clientOf(client), command.Commands())
	}
}

func BeforeDoMultiCache(call *hook.Call, client any, ctx *context.Context, commands []valkey.CacheableTTL) {
	if begins(*ctx, client) {
		rediscall.Pipeline(system, call, ctx, clientOf(client), commands, wordsOfCacheable)
	}
}

func wordsOf(command valkey.Completed) []string { return command.Commands() }

func wordsOfCacheable(command valkey.CacheableTTL) []string { return command.Cmd.Commands() }

// AfterPick notes which node of a cluster a command goes to.
func AfterPick(_ *hook.Call, _ any, ctx context.Context, _, _ any, conn any, err error) {
	if err == nil && conn != nil && WovenConn != nil && !system.Library.Off {
		system.Goes(ctx, WovenConn(conn))
	}
}

// AfterDo, and the hooks that follow, end the span.
func AfterDo(call *hook.Call, result valkey.ValkeyResult) {
	if rediscall.Underway(call) {
		rediscall.End(call, failureOf(result.Error()))
	}
}

func AfterDoMulti(call *hook.Call, results []valkey.ValkeyResult) {
	if !rediscall.Underway(call) {
		return
	}
	var failed *db.Failure
	for i := 0; i < len(results) && failed == nil; i++ {
		failed = failureOf(results[i].Error())
	}
	rediscall.End(call, failed)
}

func AfterDoStream(call *hook.Call, stream valkey.ValkeyResultStream) {
	if rediscall.Underway(call) {
		rediscall.End(call, failureOf(stream.Error()))
	}
}

func AfterDoMultiStream(call *hook.Call, stream valkey.MultiValkeyResultStream) {
	if rediscall.Underway(call) {
		rediscall.End(call, failureOf(stream.Error()))
	}
}

// failureOf says what an error is without what it quotes. That there is no value isn't
// a failure, and neither is it that a stream of none has ended.
func failureOf(err error) *db.Failure {
	if err == nil || valkey.IsValkeyNil(err) {
		return nil
	}
	if answer, ok := valkey.IsValkeyErr(err); ok {
		if failed := redistext.Answered(answer.Error()); failed.Code != "" {
			return failed
		}
		return db.Answered("ERR") // which the client takes off
	}
	if errors.Is(err, valkey.ErrClosing) {
		return db.FailedAs("valkey.ErrClosing", valkey.ErrClosing)
	}
	return db.Failed(err)
}
