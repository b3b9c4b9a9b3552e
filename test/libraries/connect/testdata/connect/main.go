// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

type (
	text     = wrapperspb.StringValue
	request  = connect.Request[text]
	response = connect.Response[text]
)

const secret = "planted-secret-4711"

func said(s string) *text { return wrapperspb.String(s) }

// counting is an interceptor of the program's.
type counting struct {
	mu    sync.Mutex
	calls map[string]int
}

func (c *counting) count(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[what]++
}

func (c *counting) WrapUnary(next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, req connect.AnyRequest) (connect.AnyResponse, error) {
		c.count(req.Spec().Procedure)
		if req.Spec().IsClient && req.Header().Get("Traceparent") != "" {
			fmt.Println("a header that the program hasn't set")
		}
		return next(ctx, req)
	}
}

func (c *counting) WrapStreamingClient(next connect.StreamingClientFunc) connect.StreamingClientFunc {
	return func(ctx context.Context, spec connect.Spec) connect.StreamingClientConn {
		c.count(spec.Procedure)
		return next(ctx, spec)
	}
}

func (c *counting) WrapStreamingHandler(next connect.StreamingHandlerFunc) connect.StreamingHandlerFunc {
	return func(ctx context.Context, conn connect.StreamingHandlerConn) error {
		c.count(conn.Spec().Procedure)
		return next(ctx, conn)
	}
}

type shop struct{ price *connect.Client[text, text] }

func (s *shop) pay(ctx context.Context, req *request) (*response, error) {
	switch req.Msg.Value {
	case "nothing":
		return nil, connect.NewError(connect.CodeNotFound, errors.New("no such order"))
	case "refused":
		return nil, errors.New("postgres://u:" + secret + "@db: refused")
	case "panic":
		panic("out of cheese")
	}
	price, err := s.price.CallUnary(ctx, connect.NewRequest(said(req.Msg.Value)))
	if err != nil {
		return nil, err
	}
	return connect.NewResponse(said("paid " + price.Msg.Value)), nil
}

func (s *shop) total(_ context.Context, stream *connect.ClientStream[text]) (*response, error) {
	var all []string
	for stream.Receive() {
		all = append(all, stream.Msg().Value)
	}
	if err := stream.Err(); err != nil {
		return nil, err
	}
	return connect.NewResponse(said(strings.Join(all, "+"))), nil
}

func (s *shop) list(_ context.Context, req *request, stream *connect.ServerStream[text]) error {
	if _, err := s.price.CallUnary(context.Background(), connect.NewRequest(said("in a stream"))); err != nil {
		return err
	}
	for i := 0; i < 3; i++ {
		if err := stream.Send(said(fmt.Sprint(req.Msg.Value, i))); err != nil {
			return err
		}
	}
	if req.Msg.Value == "broken" {
		return connect.NewError(connect.CodeDataLoss, errors.New("the list is torn"))
	}
	return nil
}

func (s *shop) chat(_ context.Context, stream *connect.BidiStream[text, text]) error {
	for {
		message, err := stream.Receive()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(said("re: " + message.Value)); err != nil {
			return err
		}
	}
}

func main() {
	served := &counting{calls: map[string]int{}}
	within := connect.WithInterceptors(served)
	mux := http.NewServeMux()
	server := httptest.NewUnstartedServer(mux)
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	s := &shop{connect.NewClient[text, text](server.Client(), server.URL+"/shop.Prices/Price")}
	mux.Handle("/shop.Orders/Pay", connect.NewUnaryHandler("/shop.Orders/Pay", s.pay, within))
	mux.Handle("/shop.Orders/Total", connect.NewClientStreamHandler("/shop.Orders/Total", s.total, within))
	mux.Handle("/shop.Orders/List", connect.NewServerStreamHandler("/shop.Orders/List", s.list, within))
	mux.Handle("/shop.Orders/Chat", connect.NewBidiStreamHandler("/shop.Orders/Chat", s.chat))
	mux.Handle("/shop.Prices/Price", connect.NewUnaryHandler("/shop.Prices/Price", func(_ context.Context, req *request) (*response, error) {
		if req.Header().Get("If-None-Match") != "" {
			return nil, connect.NewNotModifiedError(nil)
		}
		return connect.NewResponse(said("5 for " + req.Msg.Value)), nil
	}, connect.WithIdempotency(connect.IdempotencyNoSideEffects)))

	called := &counting{calls: map[string]int{}}
	for name, protocol := range []connect.ClientOption{connect.WithInterceptors(), connect.WithGRPC(), connect.WithGRPCWeb()} {
		options := []connect.ClientOption{protocol, connect.WithInterceptors(called)}
		client := func(method string) *connect.Client[text, text] {
			return connect.NewClient[text, text](server.Client(), server.URL+method, options...)
		}
		unary(name == 0, client)
		streams(client)
	}
	get(server)
	ends(server)
	at(server)
	fmt.Println(called.calls)
	fmt.Println(served.calls)
}

func unary(all bool, client func(string) *connect.Client[text, text]) {
	pay := client("/shop.Orders/Pay")
	for _, what := range []string{"tea", "nothing", "refused"} {
		answer, err := pay.CallUnary(context.Background(), connect.NewRequest(said(what)))
		if err != nil {
			fmt.Println(connect.CodeOf(err))
			continue
		}
		fmt.Println(answer.Msg.Value)
	}
	if all {
		_, err := pay.CallUnary(context.Background(), connect.NewRequest(said("panic")))
		fmt.Println("panicked:", err != nil)
		_, err = client("/shop.Orders/Nothing").CallUnary(context.Background(), connect.NewRequest(said("tea")))
		fmt.Println(connect.CodeOf(err))
	}
}

func streams(client func(string) *connect.Client[text, text]) {
	ctx := context.Background()
	total := client("/shop.Orders/Total").CallClientStream(ctx)
	for _, part := range []string{"1", "2", "3"} {
		if err := total.Send(said(part)); err != nil {
			fmt.Println(err)
		}
	}
	sum, err := total.CloseAndReceive()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sum.Msg.Value)
	for _, what := range []string{"whole", "broken"} {
		list, err := client("/shop.Orders/List").CallServerStream(ctx, connect.NewRequest(said(what)))
		if err != nil {
			fmt.Println(err)
			continue
		}
		for list.Receive() {
			fmt.Println(list.Msg().Value)
		}
		fmt.Println(list.Err(), list.Close())
	}
	chat := client("/shop.Orders/Chat").CallBidiStream(ctx)
	for _, what := range []string{"hello", "bye"} {
		if err := chat.Send(said(what)); err != nil {
			fmt.Println(err)
		}
		answer, err := chat.Receive()
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(answer.Value)
	}
	fmt.Println(chat.CloseRequest())
	_, err = chat.Receive()
	fmt.Println(errors.Is(err, io.EOF), chat.CloseResponse())
}

// get asks by GET, for what has changed and for what hasn't.
func get(server *httptest.Server) {
	price := connect.NewClient[text, text](server.Client(), server.URL+"/shop.Prices/Price", connect.WithHTTPGet(), connect.WithIdempotency(connect.IdempotencyNoSideEffects))
	for _, tag := range []string{"", "seen"} {
		req := connect.NewRequest(said("water"))
		if tag != "" {
			req.Header().Set("If-None-Match", tag)
		}
		answer, err := price.CallUnary(context.Background(), req)
		if err != nil {
			fmt.Println("not modified:", connect.IsNotModifiedError(err))
			continue
		}
		fmt.Println(answer.Msg.Value)
	}
}

// ends are calls that their context ends, and one that isn't sent.
func ends(server *httptest.Server) {
	pay := connect.NewClient[text, text](server.Client(), server.URL+"/shop.Orders/Pay")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := pay.CallUnary(cancelled, connect.NewRequest(said("tea")))
	fmt.Println(connect.CodeOf(err))
	late, cancel := context.WithDeadline(context.Background(), time.Unix(1, 0))
	defer cancel()
	_, err = pay.CallUnary(late, connect.NewRequest(said("tea")))
	fmt.Println(connect.CodeOf(err))
	chat := connect.NewClient[text, text](server.Client(), server.URL+"/shop.Orders/Chat").CallBidiStream(cancelled)
	fmt.Println(chat.Send(said("tea")) != nil)
	_, err = chat.Receive()
	fmt.Println(connect.CodeOf(err), chat.CloseRequest() == nil)
	_, err = connect.NewClient[text, text](server.Client(), "no URL").CallUnary(context.Background(), connect.NewRequest(said("tea")))
	fmt.Println(err != nil)
}

// at calls several times at once.
func at(server *httptest.Server) {
	pay := connect.NewClient[text, text](server.Client(), server.URL+"/shop.Orders/Pay")
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			if _, err := pay.CallUnary(context.Background(), connect.NewRequest(said("at once"))); err != nil {
				fmt.Println(err)
			}
		}()
	}
	group.Wait()
}
