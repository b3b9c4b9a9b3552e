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

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

type text = wrapperspb.StringValue

const secret = "planted-secret-4711"

var (
	payMethod   = connect.Spec{Procedure: "/shop.Orders/Pay"}
	totalMethod = connect.Spec{Procedure: "/shop.Orders/Total", StreamType: connect.StreamTypeClient}
	listMethod  = connect.Spec{Procedure: "/shop.Orders/List", StreamType: connect.StreamTypeServer}
	chatMethod  = connect.Spec{Procedure: "/shop.Orders/Chat", StreamType: connect.StreamTypeBidi}
	priceMethod = connect.Spec{Procedure: "/shop.Prices/Price", IdempotencyLevel: connect.IdempotencyNoSideEffects}
)

func said(s string) *text { return wrapperspb.String(s) }

// counting are interceptors of the program's.
type counting struct {
	mu    sync.Mutex
	calls map[string]int
}

func (c *counting) count(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[what]++
}

func (c *counting) client(next connect.ClientFunc) connect.ClientFunc {
	return func(ctx context.Context, spec connect.Spec) (connect.ClientStream, error) {
		c.count(spec.Procedure)
		if info, ok := connect.CallInfoForClientContext(ctx); ok && info.RequestHeader().Len() > 0 {
			fmt.Println("headers that the program hasn't set")
		}
		return next(ctx, spec)
	}
}

func (c *counting) server(next connect.ServerFunc) connect.ServerFunc {
	return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
		c.count(spec.Procedure)
		return next(ctx, spec, stream)
	}
}

type shop struct{ client *connect.Client }

func (s *shop) pay(ctx context.Context, _ connect.Spec, stream connect.ServerStream) error {
	var req, price text
	if err := stream.Receive(&req); err != nil {
		return err
	}
	switch req.Value {
	case "nothing":
		return connect.NewError(connect.CodeNotFound, "no such order")
	case "refused":
		return errors.New("postgres://u:" + secret + "@db: refused")
	case "late":
		return fmt.Errorf("too late: %w", context.DeadlineExceeded)
	case "panic":
		panic("out of cheese")
	}
	if err := s.client.CallUnary(ctx, priceMethod, said(req.Value), &price); err != nil {
		return err
	}
	return stream.Send(said("paid " + price.Value))
}

func (s *shop) total(_ context.Context, _ connect.Spec, stream connect.ServerStream) error {
	var all []string
	for {
		var part text
		err := stream.Receive(&part)
		if errors.Is(err, io.EOF) {
			return stream.Send(said(strings.Join(all, "+")))
		}
		if err != nil {
			return err
		}
		all = append(all, part.Value)
	}
}

func (s *shop) list(_ context.Context, _ connect.Spec, stream connect.ServerStream) error {
	var req, price text
	if err := stream.Receive(&req); err != nil {
		return err
	}
	if err := s.client.CallUnary(context.Background(), priceMethod, said("in a stream"), &price); err != nil {
		return err
	}
	for i := range 3 {
		if err := stream.Send(said(fmt.Sprint(req.Value, i))); err != nil {
			return err
		}
	}
	if req.Value == "broken" {
		return connect.NewError(connect.CodeDataLoss, "the list is torn")
	}
	return nil
}

func chat(_ context.Context, _ connect.Spec, stream connect.ServerStream) error {
	for {
		var message text
		err := stream.Receive(&message)
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

func price(_ context.Context, _ connect.Spec, stream connect.ServerStream) error {
	var req text
	if err := stream.Receive(&req); err != nil {
		return err
	}
	return stream.Send(said("5 for " + req.Value))
}

func main() {
	mux := http.NewServeMux()
	web := httptest.NewUnstartedServer(mux)
	web.EnableHTTP2 = true
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	web.StartTLS()
	defer web.Close()
	s := &shop{connect.NewClient(connecthttp.NewTransport(web.Client(), web.URL))}
	served := &counting{calls: map[string]int{}}
	server := connect.NewServer(served.server)
	server.Register(connect.Method{Spec: payMethod, Handler: s.pay}, connect.Method{Spec: totalMethod, Handler: s.total},
		connect.Method{Spec: listMethod, Handler: s.list}, connect.Method{Spec: chatMethod, Handler: chat},
		connect.Method{Spec: priceMethod, Handler: price})
	server.SetUnknownHandler(func(_ context.Context, spec connect.Spec, _ connect.ServerStream) error {
		return connect.Errorf(connect.CodeUnimplemented, "no %s here", spec.Procedure)
	})
	connecthttp.Mount(mux, server)

	called := &counting{calls: map[string]int{}}
	for i, options := range [][]connecthttp.Option{nil, {connecthttp.WithGRPC()}, {connecthttp.WithGRPCWeb()}} {
		client := connect.NewClient(connecthttp.NewTransport(web.Client(), web.URL, options...), called.client)
		unary(client, i == 0)
		streams(client)
	}
	ends(s.client)
	at(s.client)
	fmt.Println(called.calls)
	fmt.Println(served.calls)
}

func unary(client *connect.Client, all bool) {
	ctx := context.Background()
	for _, what := range []string{"tea", "nothing", "refused", "late"} {
		var answer text
		if err := client.CallUnary(ctx, payMethod, said(what), &answer); err != nil {
			fmt.Println(connect.CodeOf(err))
			continue
		}
		fmt.Println(answer.Value)
	}
	if all {
		var answer text
		fmt.Println("panicked:", client.CallUnary(ctx, payMethod, said("panic"), &answer) != nil)
		err := client.CallUnary(ctx, connect.Spec{Procedure: "/shop.Orders/Nothing"}, said("tea"), &answer)
		fmt.Println(connect.CodeOf(err))
	}
}

func streams(client *connect.Client) {
	ctx := context.Background()
	total, err := client.CallClientStream(ctx, totalMethod)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, part := range []string{"1", "2", "3"} {
		if err := total.Send(said(part)); err != nil {
			fmt.Println(err)
		}
	}
	var sum text
	fmt.Println(total.CloseSend(), total.Receive(&sum), sum.Value)
	for _, what := range []string{"whole", "broken"} {
		list, err := client.CallServerStream(ctx, listMethod, said(what))
		if err != nil {
			fmt.Println(err)
			continue
		}
		for {
			var part text
			if err = list.Receive(&part); err != nil {
				break
			}
			fmt.Println(part.Value)
		}
		fmt.Println(errors.Is(err, io.EOF), connect.CodeOf(err), list.Close())
	}
	talk, err := client.CallClientStream(ctx, chatMethod)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, what := range []string{"hello", "bye"} {
		var answer text
		if err := talk.Send(said(what)); err != nil {
			fmt.Println(err)
		}
		if err := talk.Receive(&answer); err != nil {
			fmt.Println(err)
		}
		fmt.Println(answer.Value)
	}
	var end text
	fmt.Println(talk.CloseSend(), errors.Is(talk.Receive(&end), io.EOF), talk.Close())
}

// ends are calls that their context ends.
func ends(client *connect.Client) {
	var answer text
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	fmt.Println(connect.CodeOf(client.CallUnary(cancelled, payMethod, said("tea"), &answer)))
	late, cancel := context.WithDeadline(context.Background(), time.Unix(1, 0))
	defer cancel()
	fmt.Println(connect.CodeOf(client.CallUnary(late, payMethod, said("tea"), &answer)))
	if talk, err := client.CallClientStream(cancelled, chatMethod); err == nil {
		fmt.Println(talk.Send(said("tea")) != nil, talk.Close())
	}
}

// at calls several times at once.
func at(client *connect.Client) {
	var group sync.WaitGroup
	for range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			var answer text
			if err := client.CallUnary(context.Background(), payMethod, said("at once"), &answer); err != nil {
				fmt.Println(err)
			}
		}()
	}
	group.Wait()
}
