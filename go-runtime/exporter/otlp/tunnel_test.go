// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// startProxy accepts one CONNECT and joins it to target, whatever it asks for.
func startProxy(t *testing.T, target, answer string) (proxy *url.URL, asked chan *http.Request) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	asked = make(chan *http.Request, 1)
	go func() {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		defer client.Close()
		reader := bufio.NewReader(client)
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		asked <- request
		server, err := net.Dial("tcp", target)
		if err != nil {
			return
		}
		defer server.Close()
		io.WriteString(client, answer)
		go io.Copy(server, reader)
		io.Copy(client, server)
	}()
	t.Cleanup(func() { listener.Close() })
	return &url.URL{Scheme: "http", Host: listener.Addr().String(), User: url.UserPassword("me", "pw")}, asked
}

func TestDialThroughProxy(t *testing.T) {
	c := startCollector(t, grpcOK(nil))
	proxy, asked := startProxy(t, c.url.Host, "HTTP/1.1 200 OK\r\n\r\n")
	config := Config{Protocol: GRPC, URL: &url.URL{Scheme: "http", Host: "collector.invalid:4317"}}
	e, _ := newTestExporter(t, config)
	dialer := &net.Dialer{}
	e.sender.(*grpcSender).transport.DialContext = func(ctx context.Context, _, address string) (net.Conn, error) {
		return dialThrough(ctx, dialer, proxy, address)
	}
	if err := e.ExportSpans(context.Background(), serverSpans(1)); err != nil {
		t.Fatal(err)
	}
	r := <-asked
	if r.Method != "CONNECT" || r.Host != "collector.invalid:4317" || r.Header.Get("Proxy-Authorization") != "Basic bWU6cHc=" || len(c.got()) != 1 {
		t.Errorf("%s %s %v, %d requests", r.Method, r.Host, r.Header, len(c.got()))
	}
}

func TestProxyRefuses(t *testing.T) {
	c := startCollector(t, grpcOK(nil))
	proxy, _ := startProxy(t, c.url.Host, "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
	_, err := dialThrough(context.Background(), &net.Dialer{}, proxy, "a:1")
	if err == nil || !strings.Contains(err.Error(), "407 Proxy Authentication Required") {
		t.Error(err)
	}
}
