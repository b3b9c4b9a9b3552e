// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"log/slog"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

var bank = grpc.ServiceDesc{
	ServiceName: "shop.Bank",
	HandlerType: (*any)(nil),
	Methods: []grpc.MethodDesc{{MethodName: "Rate", Handler: func(_ any, ctx context.Context, decode func(any) error, interceptor grpc.UnaryServerInterceptor) (any, error) {
		in := new(wrapperspb.StringValue)
		if err := decode(in); err != nil {
			return nil, err
		}
		// As generated code does it.
		if interceptor == nil {
			return rate(ctx, in)
		}
		return interceptor(ctx, in, &grpc.UnaryServerInfo{FullMethod: "/shop.Bank/Rate"}, rate)
	}}},
}

func rate(_ context.Context, currency any) (any, error) {
	return wrapperspb.String(currency.(*wrapperspb.StringValue).Value + " 1.00"), nil
}

// startBank starts the bank and returns what asks it.
func startBank() func(context.Context, string) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	server := grpc.NewServer()
	server.RegisterService(&bank, nil)
	go server.Serve(listener)
	client, err := grpc.NewClient(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	check(err)
	return func(ctx context.Context, currency string) string {
		rate := new(wrapperspb.StringValue)
		if err := client.Invoke(ctx, "/shop.Bank/Rate", wrapperspb.String(currency), rate); err != nil {
			slog.Error(err.Error())
		}
		return rate.Value
	}
}
