// SPDX-License-Identifier: Apache-2.0

// Program shop uses opensearch-go as programs do, one thing after the other, and prints
// what comes of it.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/opensearch-project/opensearch-go/v4"
	"github.com/opensearch-project/opensearch-go/v4/opensearchapi"
)

const secret = "planted-secret-4711"

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}

func open(port string) *opensearchapi.Client {
	client, err := opensearchapi.NewClient(opensearchapi.Config{Client: opensearch.Config{
		Addresses: []string{"http://127.0.0.1:" + os.Getenv(port)}, Username: "u", Password: secret, DisableRetry: true,
	}})
	check(err)
	return client
}

func main() {
	client := open("PORT")
	own(context.Background())
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

func documents(ctx context.Context, c *opensearchapi.Client) {
	document := `{"name": "` + secret + `"}`
	_, err := c.Index(ctx, opensearchapi.IndexReq{Index: "shop", DocumentID: "7", Body: strings.NewReader(document)})
	say("index", err)
	_, err = c.Document.Get(ctx, opensearchapi.DocumentGetReq{Index: "shop", DocumentID: "7"})
	say("get", err)
	found, err := c.Search(ctx, &opensearchapi.SearchReq{Indices: []string{"shop"}, Body: strings.NewReader(`{"query": {"match": {"name": "` + secret + `"}}}`)})
	say("search", err)
	fmt.Println(found.Hits.Total.Value)
	_, err = c.Indices.Create(ctx, opensearchapi.IndicesCreateReq{Index: "shop"})
	say("create", err)
	_, err = c.Document.Delete(ctx, opensearchapi.DocumentDeleteReq{Index: "shop", DocumentID: "7"})
	say("delete", err)
	request, err := http.NewRequestWithContext(ctx, "POST", "/_bulk", strings.NewReader(`{"index": {"_index": "shop"}}`+"\n"+document+"\n"))
	check(err)
	response, err := c.Client.Perform(request)
	check(err)
	check(response.Body.Close())
}

func failures(ctx context.Context, c *opensearchapi.Client) {
	_, err := c.Document.Get(ctx, opensearchapi.DocumentGetReq{Index: "none", DocumentID: "7"})
	say("none", err)
	soon, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	_, err = c.Search(soon, &opensearchapi.SearchReq{Indices: []string{"slow"}})
	say("slow", err)
	_, err = open("CLOSED").Search(ctx, &opensearchapi.SearchReq{Indices: []string{"shop"}})
	say("nobody", err)
}
