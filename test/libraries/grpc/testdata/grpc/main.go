// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// counts is what the program's own interceptors and handlers have seen.
type counts struct {
	sync.Mutex
	of map[string]int
}

func (c *counts) add(what string) {
	c.Lock()
	defer c.Unlock()
	c.of[what]++
}

// secret must not leave in any telemetry.
const secret = "planted-secret-4711"

var seen = counts{of: map[string]int{}}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	server := grpc.NewServer(
		grpc.UnaryInterceptor(func(ctx context.Context, req interface{}, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (
			resp interface{}, err error) {
			seen.add("server interceptor")
			defer func() {
				if value := recover(); value != nil {
					err = status.Error(codes.Internal, fmt.Sprint("recovered: ", value))
				}
			}()
			return next(ctx, req)
		}),
		grpc.ChainStreamInterceptor(func(srv interface{}, ss grpc.ServerStream, _ *grpc.StreamServerInfo, next grpc.StreamHandler) error {
			seen.add("server stream interceptor")
			return next(srv, ss)
		}))
	server.RegisterService(&service, implementation{})
	proxy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	unknown := grpc.NewServer(grpc.UnknownServiceHandler(talk))
	unknown.RegisterService(&service, implementation{})
	go unknown.Serve(proxy)
	go server.Serve(listener)

	cc, err := grpc.Dial(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithUnaryInterceptor(func(ctx context.Context, method string, req, reply interface{}, cc *grpc.ClientConn,
			invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
			seen.add("client interceptor")
			return invoke(ctx, method, req, reply, cc, opts...)
		}),
		grpc.WithStreamInterceptor(func(ctx context.Context, desc *grpc.StreamDesc, cc *grpc.ClientConn, method string,
			streamer grpc.Streamer, opts ...grpc.CallOption) (grpc.ClientStream, error) {
			seen.add("client stream interceptor")
			return streamer(ctx, desc, cc, method, opts...)
		}))
	if err != nil {
		panic(err)
	}
	defer cc.Close()
	client(cc)
	if toProxy, err := grpc.Dial(proxy.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials())); err == nil {
		// The server has no such methods, and serves them all the same.
		for _, method := range []string{"/made.Up/One", "/made.Up/Two", "/test.Echo/Three"} {
			fmt.Println(method, ask(context.Background(), toProxy, method, "anything"))
		}
		fmt.Println("known", converse(context.Background(), toProxy, "bidi"))
		toProxy.Close()
	}
	unknown.GracefulStop()
	server.GracefulStop()
	fmt.Println(seen.of["server interceptor"], seen.of["server stream interceptor"],
		seen.of["client interceptor"], seen.of["client stream interceptor"])
}

func client(cc *grpc.ClientConn) {
	ctx := metadata.AppendToOutgoingContext(context.Background(), "own", "kept", "authorization", secret)
	for _, word := range []string{"hello", "missing", "broken", "plain", "panic"} {
		fmt.Println(word, ask(ctx, cc, "/test.Echo/Say", word))
	}
	fmt.Println("unimplemented", ask(ctx, cc, "/test.Echo/Nothing", ""))
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	fmt.Println("slow", ask(short, cc, "/test.Echo/Say", "slow"))
	cancel()
	fmt.Println("secret", ask(ctx, cc, "/test.Echo/Say", secret))
	fmt.Println("big", len(ask(ctx, cc, "/test.Echo/Say", strings.Repeat("x", 1<<20))))
	fmt.Println("too big", ask(ctx, cc, "/test.Echo/Say", strings.Repeat("x", 5<<20)))
	fmt.Println("no method", ask(ctx, cc, "", "hello"))
	for _, kind := range []string{"bidi", "fail"} {
		fmt.Println(kind, converse(ctx, cc, kind))
	}
	mistakes(ctx, cc)
	fmt.Println("cancelled", abandon(ctx, cc))

	refused, err := grpc.Dial("127.0.0.1:1", grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		panic(err)
	}
	defer refused.Close()
	err = refused.Invoke(ctx, "/test.Echo/Say", wrapperspb.String(""), new(wrapperspb.StringValue))
	fmt.Println("refused", status.Code(err))
	refused.Close()
	fmt.Println("closed", ask(ctx, refused, "/test.Echo/Say", "hello"), converse(ctx, refused, "bidi"))

	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			ask(ctx, cc, "/test.Echo/Say", "hello")
		}()
	}
	group.Wait()
}

// mistakes are calls with nil where there should be something.
func mistakes(ctx context.Context, cc *grpc.ClientConn) {
	call := func(what string, call func() error) {
		defer func() {
			if value := recover(); value != nil {
				fmt.Println(what, "panics:", value)
			}
		}()
		fmt.Println(what, status.Code(call()))
	}
	in, out := wrapperspb.String("hello"), new(wrapperspb.StringValue)
	call("nil context", func() error { return cc.Invoke(nil, "/test.Echo/Say", in, out) })
	call("nil request", func() error { return cc.Invoke(ctx, "/test.Echo/Say", nil, out) })
	call("nil reply", func() error { return cc.Invoke(ctx, "/test.Echo/Say", in, nil) })
	call("nil option", func() error { return cc.Invoke(ctx, "/test.Echo/Say", in, out, nil) })
	call("stream with nil context", func() error {
		_, err := cc.NewStream(nil, &service.Streams[0], "/test.Echo/Talk")
		return err
	})
	call("stream with nil option", func() error {
		_, err := cc.NewStream(ctx, &service.Streams[0], "/test.Echo/Talk", nil)
		return err
	})
	call("nil connection", func() error { return (*grpc.ClientConn)(nil).Invoke(ctx, "/test.Echo/Say", in, out) })
}

func ask(ctx context.Context, cc *grpc.ClientConn, method, word string) string {
	reply := new(wrapperspb.StringValue)
	if err := cc.Invoke(ctx, method, wrapperspb.String(word), reply); err != nil {
		return status.Code(err).String()
	}
	return reply.Value
}

// converse sends two words and reads until the server ends.
func converse(ctx context.Context, cc *grpc.ClientConn, kind string) string {
	stream, err := cc.NewStream(ctx, &service.Streams[0], "/test.Echo/Talk")
	if err != nil {
		return status.Code(err).String()
	}
	for _, word := range []string{kind, "two"} {
		if err := stream.SendMsg(wrapperspb.String(word)); err != nil && err != io.EOF {
			return err.Error()
		}
	}
	stream.CloseSend()
	heard := ""
	for {
		reply := new(wrapperspb.StringValue)
		switch err := stream.RecvMsg(reply); err {
		case nil:
			heard += " " + reply.Value
		case io.EOF:
			return heard
		default:
			return heard + " " + status.Code(err).String()
		}
	}
}

func abandon(ctx context.Context, cc *grpc.ClientConn) string {
	ctx, cancel := context.WithCancel(ctx)
	stream, err := cc.NewStream(ctx, &service.Streams[0], "/test.Echo/Talk")
	if err == nil {
		err = stream.SendMsg(wrapperspb.String("bidi"))
	}
	if err == nil {
		err = stream.RecvMsg(new(wrapperspb.StringValue))
	}
	cancel()
	if err != nil {
		return err.Error()
	}
	return status.Code(stream.RecvMsg(new(wrapperspb.StringValue))).String()
}

type implementation struct{}

var service = grpc.ServiceDesc{
	ServiceName: "test.Echo",
	HandlerType: (*interface{})(nil),
	Methods:     []grpc.MethodDesc{{MethodName: "Say", Handler: say}},
	Streams:     []grpc.StreamDesc{{StreamName: "Talk", Handler: talk, ServerStreams: true, ClientStreams: true}},
}

func say(_ interface{}, ctx context.Context, decode func(interface{}) error, interceptor grpc.UnaryServerInterceptor) (interface{}, error) {
	in := new(wrapperspb.StringValue)
	if err := decode(in); err != nil {
		return nil, err
	}
	info := &grpc.UnaryServerInfo{FullMethod: "/test.Echo/Say"}
	return interceptor(ctx, in, info, func(ctx context.Context, req interface{}) (interface{}, error) {
		switch word := req.(*wrapperspb.StringValue).Value; word {
		case "missing":
			return nil, status.Error(codes.NotFound, "no such word")
		case "broken":
			return nil, status.Error(codes.Internal, "out of order")
		case "plain":
			return nil, errors.New("no status")
		case "panic":
			panic("out of cheese")
		case "slow":
			<-ctx.Done()
			time.Sleep(200 * time.Millisecond) // the client gives up first
			return nil, context.DeadlineExceeded
		default:
			md, _ := metadata.FromIncomingContext(ctx)
			return wrapperspb.String(word + fmt.Sprint(" ", md["own"])), nil
		}
	})
}

func talk(_ interface{}, stream grpc.ServerStream) error {
	for {
		in := new(wrapperspb.StringValue)
		if err := stream.RecvMsg(in); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if in.Value == "fail" {
			return status.Error(codes.DataLoss, "lost it")
		}
		if err := stream.SendMsg(wrapperspb.String("heard " + in.Value)); err != nil {
			return err
		}
	}
}
