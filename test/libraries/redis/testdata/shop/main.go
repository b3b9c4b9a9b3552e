// SPDX-License-Identifier: Apache-2.0

// A program that does with Redis what programs do, in a handler, with each kind
// of client.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

const secret = "planted-secret-4711"

func main() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		single := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + os.Getenv("PORT"), Password: secret, DB: 3, OnConnect: onConnect})
		switch r.URL.Path {
		case "/single":
			addHook(single)
			commands(ctx, single)
			transaction(ctx, single)
			subscription(ctx, single)
			conn := connOf(ctx, single)
			tell("conn", conn.Set(ctx, "conn", secret, 0).Err())
			tell("conn close", conn.Close())
		case "/cluster":
			c := redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{"127.0.0.1:" + os.Getenv("CLUSTER")}})
			commands(ctx, c)
			tell("for all nodes", c.DBSize(ctx).Err())
			tell("cluster close", c.Close())
		case "/ring":
			c := redis.NewRing(&redis.RingOptions{Addrs: map[string]string{"one": "127.0.0.1:" + os.Getenv("PORT")}, Password: secret, HeartbeatFrequency: time.Hour})
			commands(ctx, c)
			tell("ring close", c.Close())
		case "/sentinel":
			c := redis.NewFailoverClient(&redis.FailoverOptions{MasterName: "main", SentinelAddrs: []string{"127.0.0.1:" + os.Getenv("SENTINEL")}, Password: secret})
			tell("sentinel", c.Set(ctx, "sentinel", secret, 0).Err())
			tell("sentinel close", c.Close())
		case "/edges":
			edges(ctx, single)
		}
		single.Close()
	}))
	defer server.Close()
	for _, path := range []string{"/single", "/cluster", "/ring", "/sentinel", "/edges"} {
		fmt.Println(path)
		resp, err := http.Get(server.URL + path)
		tell("get", err)
		resp.Body.Close()
	}
	concurrent()
	fmt.Println("done")
}

// tell prints an error so that it is the same in each run.
func tell(what string, err error) {
	text := fmt.Sprint(err)
	for _, name := range []string{"PORT", "CLOSED"} {
		text = strings.ReplaceAll(text, ":"+os.Getenv(name), ":"+name)
	}
	fmt.Println(what+":", text, err == redis.Nil, errors.Is(err, context.Canceled))
}

func onConnect(ctx context.Context, c *redis.Conn) error { return c.Ping(ctx).Err() }

func commands(ctx context.Context, c redis.UniversalClient) {
	tell("set", c.Set(ctx, "{shop}user:1", secret, time.Minute).Err())
	value, err := c.Get(ctx, "{shop}user:1").Result()
	tell("get "+value, err)
	tell("no value", c.Get(ctx, "{shop}nobody").Err())
	tell("hset", c.HSet(ctx, "{shop}cart", "field-"+secret, 1, "b", 2).Err())
	tell("wrong type", c.Incr(ctx, "{shop}cart").Err())
	tell("eval", c.Eval(ctx, "return redis.call('set', KEYS[1], '"+secret+"')", []string{"{shop}script"}, secret).Err())
	tell("do", c.Do(ctx, "get", "{shop}user:1").Err())
	tell("unknown", c.Do(ctx, "nonsense", secret).Err())
	_, err = c.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Set(ctx, "{shop}a", secret, 0)
		p.Get(ctx, "{shop}nobody")
		p.Incr(ctx, "{shop}counter")
		return nil
	})
	tell("pipeline", err)
	_, err = c.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Get(ctx, "{shop}nobody")
		p.Incr(ctx, "{shop}cart")
		return nil
	})
	tell("pipeline with an error behind a nil", err)
	_, err = c.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.Incr(ctx, "{shop}counter")
		p.Incr(ctx, "{shop}counter")
		return nil
	})
	tell("transaction", err)
	tell("del", c.Del(ctx, "{shop}user:1", "{shop}cart", "{shop}counter", "{shop}a", "{shop}script").Err())
}

func transaction(ctx context.Context, c *redis.Client) {
	tell("watch", c.Watch(ctx, func(tx *redis.Tx) error {
		n, err := tx.Get(ctx, "stock").Int()
		if err != nil && err != redis.Nil {
			return err
		}
		_, err = tx.TxPipelined(ctx, func(p redis.Pipeliner) error {
			p.Set(ctx, "stock", n+1, 0)
			return nil
		})
		return err
	}, "stock"))
}

func subscription(ctx context.Context, c *redis.Client) {
	s := c.Subscribe(ctx, "news")
	_, err := s.Receive(ctx)
	tell("subscribe", err)
	tell("publish", c.Publish(ctx, "news", secret).Err())
	m, err := s.ReceiveMessage(ctx)
	tell("message "+m.Payload, err)
	tell("unsubscribe", s.Close())
}

func edges(ctx context.Context, c *redis.Client) {
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	tell("cancelled", c.Get(cancelled, "x").Err())
	func() {
		defer func() { fmt.Println("nil context:", recover() != nil) }()
		c.Get(nil, "x")
	}()
	big := strings.Repeat(secret, 1<<16)
	tell("big", c.Set(ctx, "big", big, 0).Err())
	got, err := c.Get(ctx, "big").Result()
	tell(fmt.Sprint("as big: ", got == big), err)
	tell("del", c.Del(ctx, "big").Err())
	slow := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + os.Getenv("PORT"), Password: secret, MaxRetries: -1, ReadTimeout: 100 * time.Millisecond})
	var timeout net.Error
	fmt.Println("too late:", errors.As(slow.Do(ctx, "blpop", "nobody", 1).Err(), &timeout) && timeout.Timeout())
	slow.Close()
	tell("close", c.Close())
	tell("closed", c.Get(ctx, "x").Err())
	refused := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + os.Getenv("CLOSED"), Password: secret, MaxRetries: -1})
	tell("refused", refused.Get(ctx, "x").Err())
	refused.Close()
	wrong := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + os.Getenv("PORT"), Password: "wrong-" + secret, MaxRetries: -1})
	tell("wrong password", wrong.Get(ctx, "x").Err())
	wrong.Close()
}

// open is a client that is open when the program ends.
var open *redis.Client

func concurrent() {
	open = redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + os.Getenv("PORT"), Password: secret, PoolSize: 4, MinIdleConns: 4})
	c := open
	ctx := context.Background()
	time.Sleep(500 * time.Millisecond) // until it has dialled
	var all sync.WaitGroup
	for i := 0; i < 8; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for j := 0; j < 5; j++ {
				if err := c.Set(ctx, "shared", secret, 0).Err(); err != nil {
					tell("concurrent", err)
				}
			}
		}()
	}
	all.Wait()
}
