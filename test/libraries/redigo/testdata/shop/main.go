// SPDX-License-Identifier: Apache-2.0

// Program shop uses redigo as programs do, one thing after the other, and prints what
// comes of it.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/gomodule/redigo/redis"
)

const secret = "planted-secret-4711"

var address = "127.0.0.1:" + os.Getenv("PORT")

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// say prints what an error says that is the same in each run.
func say(what string, err error) {
	var answer redis.Error
	switch {
	case errors.As(err, &answer):
		fmt.Println(what, string(answer)[:5])
	case errors.Is(err, context.DeadlineExceeded):
		fmt.Println(what, "deadline")
	case errors.Is(err, context.Canceled):
		fmt.Println(what, "canceled")
	default:
		fmt.Println(what, err != nil, errors.Is(err, redis.ErrNil))
	}
}

func main() {
	ctx := context.Background()
	c, err := redis.DialContext(ctx, "tcp", address, redis.DialPassword(secret), redis.DialDatabase(3), redis.DialClientName("shop"))
	check(err)
	serve("commands", func(ctx context.Context) { commands(ctx, c) })
	serve("failures", func(ctx context.Context) { failures(ctx, c) })
	serve("pipelines", func(ctx context.Context) { pipelines(ctx, c) })
	check(c.Close())
	serve("pools", pools)
	fmt.Println("done")
}

// serve does it for a request.
func serve(name string, do func(ctx context.Context)) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /"+name, func(_ http.ResponseWriter, r *http.Request) { do(r.Context()) })
	server := httptest.NewServer(mux)
	defer server.Close()
	response, err := http.Get(server.URL + "/" + name)
	check(err)
	check(response.Body.Close())
}

func commands(ctx context.Context, c redis.Conn) {
	_, err := c.Do("SET", "cart:1", secret)
	check(err)
	text, err := redis.String(redis.DoContext(c, ctx, "GET", "cart:1"))
	fmt.Println(text == secret, err)
	_, err = redis.String(c.Do("GET", "none"))
	say("none:", err)
	_, err = c.Do("set", "user:7:token:"+secret, []byte("x"), "EX", 60)
	check(err)
	_, err = redis.NewScript(1, "return redis.call('get', KEYS[1])").Do(c, "cart:1", secret)
	check(err)
	_, err = redis.DoWithTimeout(c, time.Second, "HSET", redis.Args{}.Add("h").AddFlat(map[string]string{"password": secret})...)
	check(err)
	_, err = c.Do("SELECT", 4)
	check(err)
	n, err := redis.Int(c.Do("DBSIZE"))
	fmt.Println(n, err)
	_, err = c.Do("SELECT", "3")
	check(err)
}

func failures(ctx context.Context, c redis.Conn) {
	_, err := c.Do("LPUSH", "cart:1", secret)
	say("type:", err)
	_, err = c.Do("NOSUCH "+secret, secret)
	say("unknown:", err)
	_, err = redis.Dial("tcp", address, redis.DialPassword("no"+secret))
	say("password:", err)
	_, err = redis.Dial("tcp", "127.0.0.1:"+os.Getenv("CLOSED"))
	say("nobody:", err)
	d, err := redis.Dial("tcp", address, redis.DialPassword(secret))
	check(err)
	until, cancel := context.WithCancel(ctx)
	time.AfterFunc(30*time.Millisecond, cancel)
	_, err = redis.DoContext(d, until, "BLPOP", "nothing", 10)
	say("late:", err)
	_, err = d.Do("GET", "x")
	fmt.Println("then:", err != nil)
	d.Close()
}

func pipelines(ctx context.Context, c redis.Conn) {
	for i := range 3 {
		check(c.Send("SET", fmt.Sprint("k", i), secret))
	}
	check(c.Flush())
	_, err := c.Do("PING")
	check(err)
	for range 2 {
		check(c.Send("GET", "k1"))
	}
	check(c.Send("LPUSH", "k1", secret))
	check(c.Flush())
	for range 3 {
		_, err := c.Receive()
		say("received:", err)
	}
	check(c.Send("MULTI"))
	check(c.Send("INCR", "n"))
	check(c.Send("INCR", "n"))
	all, err := redis.Ints(c.Do("EXEC"))
	fmt.Println(all, err)
	check(c.Send("GET", "k1"))
	check(c.Send("TTL", "k1"))
	replies, err := redis.Values(c.Do(""))
	fmt.Println(len(replies), err)
	check(c.Send("GET", "k2"))
	_, err = c.Do("GET", "k0")
	check(err)

	d, err := redis.Dial("tcp", address, redis.DialPassword(secret))
	check(err)
	channel := redis.PubSubConn{Conn: d}
	check(channel.Subscribe("orders"))
	fmt.Println(channel.Receive().(redis.Subscription).Kind)
	_, err = c.Do("PUBLISH", "orders", secret)
	check(err)
	fmt.Println(channel.Receive().(redis.Message).Channel)
	check(channel.Unsubscribe())
	check(channel.Close())

	e, err := redis.Dial("tcp", address, redis.DialPassword(secret))
	check(err)
	check(e.Send("GET", "k1"))
	check(e.Flush())
	check(e.Close()) // nobody has received
}

func pools(ctx context.Context) {
	pool := &redis.Pool{MaxIdle: 2, MaxActive: 2, DialContext: func(ctx context.Context) (redis.Conn, error) {
		return redis.DialContext(ctx, "tcp", address, redis.DialPassword(secret))
	}}
	one, err := pool.GetContext(ctx)
	check(err)
	two := pool.Get()
	_, err = redis.DoContext(two, ctx, "PING")
	check(err)
	_, err = pool.GetContext(ctx)
	fmt.Println(errors.Is(err, redis.ErrPoolExhausted))
	check(two.Close())
	_, err = one.Do("ECHO", secret)
	check(err)
	// Over with what is received, though the connection isn't closed.
	check(one.Send("GET", "k1"))
	check(one.Flush())
	_, err = one.Receive()
	check(err)
	kept, keptPool = one, pool

	other := &redis.Pool{Dial: func() (redis.Conn, error) { return redis.Dial("tcp", "127.0.0.1:"+os.Getenv("CLOSED")) }}
	_, err = other.Get().Do("GET", "x")
	say("nobody:", err)
	check(other.Close())
}

// In use at the end, when the pool is read for metrics.
var (
	kept     redis.Conn
	keptPool *redis.Pool
)
