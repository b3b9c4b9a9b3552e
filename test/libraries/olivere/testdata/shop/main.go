// SPDX-License-Identifier: Apache-2.0

// Program shop uses olivere/elastic as programs do, one thing after the other, and prints
// what comes of it.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/olivere/elastic/v7"
)

const secret = "planted-secret-4711"

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

func open(port string) *elastic.Client {
	client, err := elastic.NewSimpleClient(elastic.SetURL("http://127.0.0.1:"+os.Getenv(port)), elastic.SetBasicAuth("u", secret))
	check(err)
	return client
}

func main() {
	client := open("PORT")
	serve("documents", func(ctx context.Context) { documents(ctx, client) })
	serve("failures", func(ctx context.Context) { failures(ctx, client) })
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

// say prints what an error says that is the same in each run and release.
func say(what string, err error) {
	fmt.Println(what, err != nil, errors.Is(err, context.DeadlineExceeded))
}

func documents(ctx context.Context, c *elastic.Client) {
	document := map[string]string{"name": secret}
	_, err := c.Index().Index("shop").Id("7").BodyJson(document).Do(ctx)
	say("index", err)
	_, err = c.Get().Index("shop").Id("7").Do(ctx)
	say("get", err)
	found, err := c.Search("shop").Query(elastic.NewMatchQuery("name", secret)).Do(ctx)
	say("search", err)
	fmt.Println(found.TotalHits())
	_, err = c.Search("shop", "store").Query(elastic.NewTermQuery("token", secret)).Do(ctx)
	say("search", err)
	_, err = c.Bulk().Add(elastic.NewBulkIndexRequest().Index("shop").Doc(document)).Do(ctx)
	say("bulk", err)
	_, err = c.CreateIndex("shop").Do(ctx)
	say("create", err)
	ok, err := c.IndexExists("none").Do(ctx)
	say("exists", err)
	fmt.Println(ok)
	_, err = c.Search("busy").Do(ctx)
	say("busy", err)
}

func failures(ctx context.Context, c *elastic.Client) {
	_, err := c.Get().Index("none").Id("7").Do(ctx)
	say("none", err)
	soon, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	_, err = c.Search("slow").Do(soon)
	say("slow", err)
	_, err = open("CLOSED").Search("shop").Do(ctx)
	say("nobody", err)
}
