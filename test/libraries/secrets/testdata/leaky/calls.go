// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"io"
	"net"
	"net/url"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

var service = grpc.ServiceDesc{ServiceName: "test.Echo", HandlerType: (*any)(nil), Methods: []grpc.MethodDesc{
	{MethodName: "Fail", Handler: func(_ any, ctx context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
		request := &wrapperspb.StringValue{}
		if err := decode(request); err != nil {
			return nil, err
		}
		grpc.SetTrailer(ctx, metadata.Pairs("token", url.QueryEscape(secret)))
		return nil, status.Error(codes.Unauthenticated, request.Value)
	}},
}}

// calls has the secret in metadata, messages, statuses, methods and targets of gRPC.
func calls(ctx context.Context) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	server := grpc.NewServer()
	server.RegisterService(&service, nil)
	go server.Serve(listener)
	defer server.Stop()
	ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+url.QueryEscape(secret), "cookie", url.QueryEscape(secret), "password-bin", secret)
	for _, target := range []string{listener.Addr().String(), "passthrough:///u:" + secret + "@" + nowhere, "dns:///u:" + url.QueryEscape(secret) + "@" + nowhere} {
		cc, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			continue
		}
		ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
		for _, message := range []string{"password=" + written(secret), "postgres://u:" + secret + "@h/x: refused", "authorization: Bearer " + secret} {
			cc.Invoke(ctx, "/test.Echo/Fail", wrapperspb.String(message), &wrapperspb.StringValue{})
		}
		if stream, err := cc.NewStream(ctx, &grpc.StreamDesc{ServerStreams: true}, "/test.Echo/None"); err == nil {
			stream.SendMsg(wrapperspb.String(secret))
			stream.CloseSend()
			for err == nil {
				err = stream.RecvMsg(&wrapperspb.StringValue{})
			}
			_ = err == io.EOF
		}
		cancel()
		cc.Close()
	}
}
