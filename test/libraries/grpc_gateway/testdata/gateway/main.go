// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
)

func main() {
	client := grpc_health_v1.NewHealthClient(dial())
	mux := runtime.NewServeMux(runtime.WithErrorHandler(failing))
	handle := func(method, pattern string, h runtime.HandlerFunc) {
		if err := mux.HandlePath(method, pattern, h); err != nil {
			panic(err)
		}
	}
	handle("GET", "/users/{id}", func(w http.ResponseWriter, r *http.Request, params map[string]string) {
		fmt.Fprintln(w, "user", params["id"])
	})
	handle("GET", "/fail", func(w http.ResponseWriter, r *http.Request, _ map[string]string) { http.Error(w, "sorry", 500) })
	handle("GET", "/client-mistake", func(w http.ResponseWriter, r *http.Request, _ map[string]string) { http.Error(w, "what?", 400) })
	handle("GET", "/panic", func(http.ResponseWriter, *http.Request, map[string]string) { panic("out of cheese") })
	handle("GET", "/slow", func(w http.ResponseWriter, r *http.Request, _ map[string]string) {
		wait(r)
		fmt.Fprintln(w, "at last")
	})
	handle("POST", "/big", func(w http.ResponseWriter, r *http.Request, _ map[string]string) { io.Copy(w, r.Body) })
	handle("GET", "/api/v1/{name=items/*}", func(w http.ResponseWriter, r *http.Request, params map[string]string) {
		fmt.Fprintln(w, "the", params["name"])
	})
	// As generated handlers do.
	handle("GET", "/health/{service=**}", func(w http.ResponseWriter, r *http.Request, params map[string]string) {
		_, marshaler := runtime.MarshalerForRequest(mux, r)
		ctx, err := runtime.AnnotateContext(r.Context(), mux, r, "/grpc.health.v1.Health/Check", runtime.WithHTTPPathPattern("/health/{service=**}"))
		if err != nil {
			runtime.HTTPError(ctx, mux, marshaler, w, r, err)
			return
		}
		answer, err := client.Check(ctx, &grpc_health_v1.HealthCheckRequest{Service: params["service"]})
		if err != nil {
			runtime.HTTPError(ctx, mux, marshaler, w, r, err)
			return
		}
		fmt.Fprintln(w, answer.Status)
	})
	more(recovering(mux))
	run(recovering(mux))
}

// dial is a connection to a server of gRPC.
func dial() *grpc.ClientConn {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	server := grpc.NewServer()
	grpc_health_v1.RegisterHealthServer(server, health.NewServer())
	go server.Serve(ln)
	conn, err := grpc.Dial(ln.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		panic(err)
	}
	return conn
}

func failing(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, _ *http.Request, err error) {
	http.Error(w, "sorry", runtime.HTTPStatusFromCode(status.Code(err)))
}

// more asks for what is only here.
func more(handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	c := client{address: server.URL, http: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}}
	for _, path := range []string{"/health/", "/health/no/such", "/api/v1/items/3"} {
		fmt.Println("GET", path, "->", c.ask(context.Background(), "GET", path, nil))
	}
	fmt.Println("PUT /fail ->", c.ask(context.Background(), "PUT", "/fail", nil))
}

// recovering answers 500 for a handler that panics.
func recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() != nil {
				http.Error(w, "recovered", 500)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
