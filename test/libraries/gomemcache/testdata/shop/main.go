// SPDX-License-Identifier: Apache-2.0

// Program shop uses gomemcache as programs do, one thing after the other, and prints
// what comes of it.
package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/bradfitz/gomemcache/memcache"
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
	var network net.Error
	if errors.As(err, &network) {
		fmt.Println(what, "network")
		return
	}
	fmt.Println(what, err)
}

func main() {
	one := memcache.New("127.0.0.1:" + os.Getenv("PORT"))
	check(one.Ping())
	serve("items", func() { items(one) })
	serve("answers", func() { answers(one) })
	serve("failures", failures)
	if other := os.Getenv("OTHER"); other != "" {
		two := memcache.New("127.0.0.1:"+os.Getenv("PORT"), "127.0.0.1:"+other)
		serve("servers", func() { servers(two) })
	}
	check(one.Close())
	fmt.Println("done")
}

// serve does it for a request.
func serve(name string, do func()) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /"+name, func(http.ResponseWriter, *http.Request) { do() })
	server := httptest.NewServer(mux)
	defer server.Close()
	response, err := http.Get(server.URL + "/" + name)
	check(err)
	check(response.Body.Close())
}

func items(c *memcache.Client) {
	check(c.Set(&memcache.Item{Key: "cart:1", Value: []byte(secret), Expiration: 60}))
	check(c.Set(&memcache.Item{Key: "user:7:token:" + secret, Value: []byte("x")}))
	item, err := c.Get("cart:1")
	check(err)
	fmt.Println(string(item.Value) == secret)
	check(c.CompareAndSwap(item))
	check(c.Append(&memcache.Item{Key: "cart:1", Value: []byte("x")}))
	check(c.Prepend(&memcache.Item{Key: "cart:1", Value: []byte("x")}))
	check(c.Replace(&memcache.Item{Key: "cart:1", Value: []byte("y")}))
	check(c.Add(&memcache.Item{Key: "n", Value: []byte("1")}))
	n, err := c.Increment("n", 4)
	fmt.Println(n, err)
	n, err = c.Decrement("n", 2)
	fmt.Println(n, err)
	check(c.Touch("n", 60))
	all, err := c.GetMulti([]string{"cart:1", "n", "none"})
	var keys []string
	for key := range all {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	fmt.Println(keys, err)
	check(c.Delete("cart:1"))
}

func answers(c *memcache.Client) {
	_, err := c.Get("none")
	say("get:", err)
	say("delete:", c.Delete("none"))
	say("replace:", c.Replace(&memcache.Item{Key: "none", Value: []byte("x")}))
	say("add:", c.Add(&memcache.Item{Key: "n", Value: []byte("x")}))
	item, err := c.Get("n")
	check(err)
	check(c.Set(&memcache.Item{Key: "n", Value: []byte("x")}))
	say("cas:", c.CompareAndSwap(item))
	_, err = c.Increment("none", 1)
	say("incr:", err)
	check(c.DeleteAll())
}

func failures() {
	c := memcache.New("127.0.0.1:" + os.Getenv("PORT"))
	_, err := c.Get("with space " + secret)
	say("key:", err)
	say("large:", c.Set(&memcache.Item{Key: "large", Value: []byte(strings.Repeat("x", 2<<20))}))
	check(c.Set(&memcache.Item{Key: "text", Value: []byte("not a number " + secret)}))
	_, err = c.Increment("text", 1)
	fmt.Println("number:", err != nil)
	_, err = memcache.New().Get("x")
	say("no server:", err)
	_, err = memcache.New("127.0.0.1:" + os.Getenv("CLOSED")).Get("x")
	say("nobody:", err)
	silent, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("SILENT"))
	check(err)
	defer silent.Close()
	late := memcache.New(silent.Addr().String())
	late.Timeout = 30 * time.Millisecond
	_, err = late.Get("x")
	say("late:", err)
}

func servers(two *memcache.Client) {
	var keys []string
	for i := range 20 {
		keys = append(keys, fmt.Sprint("of_two:", i))
		check(two.Set(&memcache.Item{Key: keys[i], Value: []byte(secret)}))
	}
	all, err := two.GetMulti(keys)
	fmt.Println(len(all), err)
	check(two.FlushAll())
}
