// SPDX-License-Identifier: Apache-2.0

// A program with Connect's own instrumentation, on both sides, of v1 and of v2.
package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	connectv1 "connectrpc.com/connect"
	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
	"connectrpc.com/otelconnect"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

type text = wrapperspb.StringValue

func main() {
	mux := http.NewServeMux()
	web := httptest.NewUnstartedServer(mux)
	web.EnableHTTP2 = true
	web.StartTLS()
	defer web.Close()
	old(web, mux)
	current(web, mux)
}

func old(web *httptest.Server, mux *http.ServeMux) {
	around, err := otelconnect.NewInterceptor()
	if err != nil {
		fmt.Println(err)
		return
	}
	within := connectv1.WithInterceptors(around)
	mux.Handle("/shop.Old/Pay", connectv1.NewUnaryHandler("/shop.Old/Pay", func(_ context.Context, req *connectv1.Request[text]) (*connectv1.Response[text], error) {
		return connectv1.NewResponse(req.Msg), nil
	}, within))
	mux.Handle("/shop.Old/List", connectv1.NewServerStreamHandler("/shop.Old/List", func(_ context.Context, req *connectv1.Request[text], stream *connectv1.ServerStream[text]) error {
		return stream.Send(req.Msg)
	}, within))
	answer, err := connectv1.NewClient[text, text](web.Client(), web.URL+"/shop.Old/Pay", within).CallUnary(context.Background(), connectv1.NewRequest(wrapperspb.String("tea")))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(answer.Msg.Value)
	list, err := connectv1.NewClient[text, text](web.Client(), web.URL+"/shop.Old/List", within).CallServerStream(context.Background(), connectv1.NewRequest(wrapperspb.String("water")))
	if err != nil {
		fmt.Println(err)
		return
	}
	for list.Receive() {
		fmt.Println(list.Msg().Value)
	}
	fmt.Println(list.Err(), list.Close())
}

func current(web *httptest.Server, mux *http.ServeMux) {
	serving, err := otelconnect.NewServerInterceptor()
	if err != nil {
		fmt.Println(err)
		return
	}
	calling, err := otelconnect.NewClientInterceptor()
	if err != nil {
		fmt.Println(err)
		return
	}
	pay := connect.Spec{Procedure: "/shop.Orders/Pay"}
	server := connect.NewServer(serving)
	server.Register(connect.Method{Spec: pay, Handler: func(_ context.Context, _ connect.Spec, stream connect.ServerStream) error {
		var req text
		if err := stream.Receive(&req); err != nil {
			return err
		}
		return stream.Send(&req)
	}})
	connecthttp.Mount(mux, server)
	var answer text
	err = connect.NewClient(connecthttp.NewTransport(web.Client(), web.URL), calling).CallUnary(context.Background(), pay, wrapperspb.String("tea"), &answer)
	fmt.Println(answer.Value, err)
}
