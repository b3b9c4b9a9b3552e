// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const secret = "planted-secret-4711"

var prices *httptest.Server

// executable stands for the code that gqlgen generates.
type executable struct{ schema *ast.Schema }

func (e executable) Schema() *ast.Schema { return e.schema }
func (executable) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (executable) Exec(ctx context.Context) graphql.ResponseHandler {
	of := graphql.GetOperationContext(ctx)
	left := 1
	if of.Operation.Operation == ast.Subscription {
		left = 3
	}
	return func(ctx context.Context) *graphql.Response {
		if left == 0 {
			return nil
		}
		left--
		switch of.Operation.Name {
		case "Asks":
			req, err := http.NewRequestWithContext(ctx, "GET", prices.URL, nil)
			if err == nil {
				var answer *http.Response
				if answer, err = http.DefaultClient.Do(req); err == nil {
					answer.Body.Close()
				}
			}
			if err != nil {
				fmt.Println(err)
			}
		case "Fails":
			return &graphql.Response{Errors: gqlerror.List{gqlerror.WrapPath(nil, errors.New("no order for "+secret))}}
		case "Panics":
			panic("out of cheese")
		}
		return &graphql.Response{Data: []byte(`{"order":"tea"}`)}
	}
}

func main() {
	prices = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer prices.Close()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `
		type Query { order(id: Int, token: String): String }
		type Mutation { pay(id: Int): String }
		type Subscription { orders: String }`})
	server := handler.New(executable{schema})
	server.SetRecoverFunc(func(context.Context, any) error { return errors.New("recovered") })
	server.AddTransport(transport.SSE{})
	server.AddTransport(transport.POST{})
	web := httptest.NewServer(server)
	defer web.Close()
	ask := func(accept, body string) {
		req, err := http.NewRequest("POST", web.URL, strings.NewReader(body))
		if err != nil {
			fmt.Println(err)
			return
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", accept)
		answer, err := http.DefaultClient.Do(req)
		if err != nil {
			fmt.Println(err)
			return
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		fmt.Println(answer.StatusCode, strings.TrimSpace(string(text)), err)
	}
	for _, query := range []string{
		`{order(id: 1, token: \"` + secret + `\")}`, `query Find {order(id: 1)}`, `mutation Pay {pay(id: 1)}`, `query Asks {order(id: 1)}`,
		`query Fails {order(id: 1)}`, `query Panics {order(id: 1)}`, `{`, `{nothing}`,
	} {
		ask("application/json", `{"query":"`+query+`"}`)
	}
	ask("text/event-stream", `{"query":"subscription Watch {orders}"}`)
}
