// SPDX-License-Identifier: Apache-2.0

// Program shop uses valkey-go as programs do, one thing after the other, and prints what
// comes of it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/valkey-io/valkey-go"
)

const secret = "planted-secret-4711"

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

// say prints what an error says that is the same in each run.
func say(what string, err error) {
	answer, ok := valkey.IsValkeyErr(err)
	switch {
	case ok:
		fmt.Println(what, answer.Error()[:5])
	case errors.Is(err, context.DeadlineExceeded):
		fmt.Println(what, "deadline")
	default:
		fmt.Println(what, err != nil, valkey.IsValkeyNil(err), errors.Is(err, valkey.ErrClosing))
	}
}

func open(port string, change func(*valkey.ClientOption)) valkey.Client {
	option := valkey.ClientOption{InitAddress: []string{"127.0.0.1:" + os.Getenv(port)}}
	if change != nil {
		change(&option)
	}
	client, err := valkey.NewClient(option)
	check(err)
	return client
}

func main() {
	client := open("PORT", func(o *valkey.ClientOption) { o.Password = secret })
	serve("commands", func(ctx context.Context) { commands(ctx, client) })
	serve("failures", func(ctx context.Context) { failures(ctx, client) })
	serve("pipelines", func(ctx context.Context) { pipelines(ctx, client) })
	serve("dedicated", func(ctx context.Context) { dedicated(ctx, client) })
	serve("many", func(ctx context.Context) { many(ctx, client) })
	client.Close()
	say("closed:", client.Do(context.Background(), client.B().Get().Key("k").Build()).Error())

	third := open("PORT", func(o *valkey.ClientOption) { o.Password, o.SelectDB, o.DisableCache = secret, 3, true })
	serve("third", func(ctx context.Context) {
		check(third.Do(ctx, third.B().Set().Key("cart:3").Value(secret).Build()).Error())
	})
	third.Close()
	cluster := open("CLUSTER", nil)
	serve("cluster", func(ctx context.Context) { commands(ctx, cluster) })
	serve("cluster_pipelines", func(ctx context.Context) { pipelines(ctx, cluster) })
	cluster.Close()
	sentinel := open("SENTINEL", func(o *valkey.ClientOption) { o.Password, o.Sentinel.MasterSet = secret, "main" })
	serve("sentinel", func(ctx context.Context) { commands(ctx, sentinel) })
	sentinel.Close()
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

func commands(ctx context.Context, c valkey.Client) {
	check(c.Do(ctx, c.B().Set().Key("cart:1").Value(secret).Build()).Error())
	text, err := c.Do(ctx, c.B().Get().Key("cart:1").Build()).ToString()
	fmt.Println(text == secret, err)
	say("none:", c.Do(ctx, c.B().Get().Key("none").Build()).Error())
	check(c.Do(ctx, c.B().Set().Key("user:7:token:"+secret).Value("x").Ex(time.Minute).Build()).Error())
	for range 2 {
		text, err = c.DoCache(ctx, c.B().Get().Key("cart:1").Cache(), time.Minute).ToString()
		fmt.Println(text == secret, err)
	}
	n, err := valkey.NewLuaScript("return {KEYS[1], ARGV[1]}").Exec(ctx, c, []string{"cart:1"}, []string{secret}).ToArray()
	fmt.Println(len(n), err)
	var out strings.Builder
	stream := c.DoStream(ctx, c.B().Get().Key("cart:1").Build())
	for stream.HasNext() {
		_, err := stream.WriteTo(&out)
		check(err)
	}
	fmt.Println(out.String() == secret, stream.Error() == io.EOF)
	check(c.Do(ctx, c.B().Arbitrary("ECHO").Args(secret).Build()).Error())
}

func failures(ctx context.Context, c valkey.Client) {
	check(c.Do(ctx, c.B().Set().Key("cart:1").Value(secret).Build()).Error())
	say("type:", c.Do(ctx, c.B().Lpush().Key("cart:1").Element(secret).Build()).Error())
	say("unknown:", c.Do(ctx, c.B().Arbitrary("NOSUCH "+secret).Args(secret).Build()).Error())
	soon, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	say("late:", c.Do(soon, c.B().Blpop().Key("nothing").Timeout(0.2).Build()).Error())
}

func pipelines(ctx context.Context, c valkey.Client) {
	for _, result := range c.DoMulti(ctx, c.B().Set().Key("{k}1").Value(secret).Build(), c.B().Set().Key("{k}2").Value(secret).Build()) {
		check(result.Error())
	}
	results := c.DoMulti(ctx, c.B().Get().Key("{k}1").Build(), c.B().Get().Key("none").Build(), c.B().Lpush().Key("{k}1").Element(secret).Build())
	say("multi:", results[2].Error())
	for _, result := range c.DoMultiCache(ctx, valkey.CT(c.B().Get().Key("{k}1").Cache(), time.Minute), valkey.CT(c.B().Get().Key("{k}2").Cache(), time.Minute)) {
		check(result.Error())
	}
	fmt.Println(len(c.DoMulti(ctx)), len(c.DoMulti(ctx, c.B().Get().Key("{k}2").Build())))
}

func dedicated(ctx context.Context, c valkey.Client) {
	check(c.Dedicated(func(d valkey.DedicatedClient) error {
		check(d.Do(ctx, d.B().Watch().Key("k").Build()).Error())
		for _, result := range d.DoMulti(ctx, d.B().Multi().Build(), d.B().Incr().Key("n").Build(), d.B().Incr().Key("n").Build(), d.B().Exec().Build()) {
			check(result.Error())
		}
		return nil
	}))
	until, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	say("received:", c.Receive(until, c.B().Subscribe().Channel("orders").Build(), func(valkey.PubSubMessage) {}))
}

// many are commands that go in one write.
func many(ctx context.Context, c valkey.Client) {
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			check(c.Do(ctx, c.B().Incr().Key("many").Build()).Error())
		}()
	}
	all.Wait()
}
