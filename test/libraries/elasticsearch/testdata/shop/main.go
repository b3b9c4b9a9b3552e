// SPDX-License-Identifier: Apache-2.0

// Program shop uses go-elasticsearch as programs do, one thing after the other, and
// prints what comes of it.
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
	"time"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esapi"
)

const secret = "planted-secret-4711"

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

func config(port string) elasticsearch.Config {
	return elasticsearch.Config{
		Addresses: []string{"http://u:" + secret + "@127.0.0.1:" + os.Getenv(port)}, MaxRetries: 2,
		RetryBackoff: func(int) time.Duration { return time.Millisecond },
	}
}

func main() {
	client, err := elasticsearch.NewClient(config("PORT"))
	check(err)
	serve("documents", func(ctx context.Context) { documents(ctx, client) })
	serve("others", func(ctx context.Context) { others(ctx, client) })
	serve("failures", func(ctx context.Context) { failures(ctx, client) })
	typed()
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

// say prints an answer.
func say(what string, response *esapi.Response, err error) {
	if err != nil {
		fmt.Println(what, "error", errors.Is(err, context.DeadlineExceeded))
		return
	}
	body, err := io.ReadAll(response.Body)
	check(err)
	check(response.Body.Close())
	fmt.Println(what, response.StatusCode, len(body) > 0)
}

func documents(ctx context.Context, c *elasticsearch.Client) {
	document := `{"name": "` + secret + `"}`
	response, err := c.Index("shop", strings.NewReader(document), c.Index.WithDocumentID("7"), c.Index.WithContext(ctx))
	say("index", response, err)
	response, err = esapi.IndexRequest{Index: "shop", Body: strings.NewReader(document), Refresh: "true"}.Do(ctx, c)
	say("index", response, err)
	response, err = c.Get("shop", "7", c.Get.WithContext(ctx))
	say("get", response, err)
	response, err = c.Update("shop", "7", strings.NewReader(`{"doc": `+document+`}`), c.Update.WithContext(ctx))
	say("update", response, err)
	response, err = c.Bulk(strings.NewReader(`{"index": {"_id": "8"}}`+"\n"+document+"\n"), c.Bulk.WithIndex("shop"), c.Bulk.WithContext(ctx))
	say("bulk", response, err)
	response, err = c.Search(c.Search.WithIndex("shop", "store"), c.Search.WithBody(strings.NewReader(`{"query": {"match": {"name": "`+secret+`"}}}`)), c.Search.WithContext(ctx))
	say("search", response, err)
	response, err = c.Search(c.Search.WithIndex("shop"), c.Search.WithQuery("token:"+secret), c.Search.WithContext(ctx))
	say("search", response, err)
	response, err = c.SearchTemplate(strings.NewReader(`{"id": "t", "params": {"x": "`+secret+`"}}`), c.SearchTemplate.WithIndex("shop"), c.SearchTemplate.WithContext(ctx))
	say("template", response, err)
	response, err = c.Delete("shop", "7", c.Delete.WithContext(ctx))
	say("delete", response, err)
}

func others(ctx context.Context, c *elasticsearch.Client) {
	response, err := c.Info(c.Info.WithContext(ctx))
	say("info", response, err)
	response, err = c.Indices.Create("shop", c.Indices.Create.WithContext(ctx))
	say("create", response, err)
	response, err = c.Indices.Exists([]string{"none"}, c.Indices.Exists.WithContext(ctx))
	say("exists", response, err)
	response, err = c.Cluster.Health(c.Cluster.Health.WithContext(ctx))
	say("health", response, err)
	response, err = c.Cat.Indices(c.Cat.Indices.WithContext(ctx))
	say("cat", response, err)
	response, err = c.Security.GetUser(c.Security.GetUser.WithUsername("bob"), c.Security.GetUser.WithContext(ctx))
	say("user", response, err)
	// Without the caller's context.
	response, err = c.Count(c.Count.WithIndex("shop"))
	say("count", response, err)
}

func failures(ctx context.Context, c *elasticsearch.Client) {
	response, err := c.Get("none", "7", c.Get.WithContext(ctx))
	say("none", response, err)
	response, err = c.Search(c.Search.WithIndex("busy"), c.Search.WithContext(ctx))
	say("busy", response, err)
	soon, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	response, err = c.Search(c.Search.WithIndex("slow"), c.Search.WithContext(soon))
	say("slow", response, err)
	nobody, err := elasticsearch.NewClient(config("CLOSED"))
	check(err)
	response, err = nobody.Search(nobody.Search.WithIndex("shop"), nobody.Search.WithContext(ctx))
	say("nobody", response, err)
}
