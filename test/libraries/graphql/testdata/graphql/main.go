// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"sync"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/parser"
)

const secret = "planted-secret-4711"

var prices *httptest.Server

func ask(ctx context.Context) {
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
}

func schema() graphql.Schema {
	arguments := graphql.FieldConfigArgument{"id": &graphql.ArgumentConfig{Type: graphql.Int}, "token": &graphql.ArgumentConfig{Type: graphql.String}}
	order := &graphql.Field{Type: graphql.String, Args: arguments, Resolve: func(p graphql.ResolveParams) (any, error) {
		switch p.Args["id"] {
		case 2:
			return nil, errors.New("no order for " + secret)
		case 3:
			ask(p.Context)
		case 5:
			fmt.Println("has a context:", p.Context != nil)
		case 4:
			panic(errors.New("out of cheese"))
		}
		return "tea", nil
	}}
	made, err := graphql.NewSchema(graphql.SchemaConfig{
		Query:    graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{"order": order}}),
		Mutation: graphql.NewObject(graphql.ObjectConfig{Name: "Mutation", Fields: graphql.Fields{"pay": order}}),
	})
	if err != nil {
		panic(err)
	}
	return made
}

func say(result *graphql.Result) {
	data, err := json.Marshal(result.Data)
	fmt.Println(string(data), err, len(result.Errors))
}

func main() {
	prices = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer prices.Close()
	of := schema()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		result := graphql.Do(graphql.Params{Schema: of, RequestString: r.FormValue("query"), OperationName: r.FormValue("name"), Context: r.Context(),
			VariableValues: map[string]any{"token": secret}})
		say(result)
		if err := json.NewEncoder(w).Encode(result.Data); err != nil {
			fmt.Println(err)
		}
	}))
	defer web.Close()
	for _, query := range []url.Values{
		{"query": {`{order(id: 1, token: "` + secret + `")}`}},
		{"query": {`query Find($token: String) {order(id: 1, token: $token)}`}},
		{"query": {`query A {order(id: 1)} query B {order(id: 3)} mutation C {pay(id: 1)}`}, "name": {"B"}},
		{"query": {`query A {order(id: 1)} query B {order(id: 1)}`}},
		{"query": {`mutation Pay {pay(id: 1)}`}},
		{"query": {`query Fails {order(id: 2)}`}},
		{"query": {`query Panics {order(id: 4)}`}},
		{"query": {`{order(id: "` + secret + `")}`}},
		{"query": {`{`}},
	} {
		answer, err := http.PostForm(web.URL, query)
		if err != nil {
			fmt.Println(err)
			continue
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			fmt.Println(err)
		}
		answer.Body.Close()
	}
	document, err := parser.Parse(parser.ParseParams{Source: `query Alone {order(id: 3)}`})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	say(graphql.Execute(graphql.ExecuteParams{Schema: of, AST: document}))
	say(graphql.Do(graphql.Params{Schema: of, RequestString: `query NoContext {order(id: 5)}`}))
	say(graphql.Do(graphql.Params{Schema: of, RequestString: `query Context {order(id: 5)}`, Context: context.Background()}))
	var group sync.WaitGroup
	for range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			graphql.Do(graphql.Params{Schema: of, RequestString: `query AtOnce {order(id: 1)}`})
		}()
	}
	group.Wait()
}
