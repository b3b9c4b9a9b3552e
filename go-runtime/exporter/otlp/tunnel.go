// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// tunnelPlainHTTP2 gives the dialer with which t reaches unencrypted HTTP/2
// servers through an HTTP proxy as gRPC clients do: by CONNECT, and configured
// by HTTPS_PROXY and NO_PROXY. net/http would talk HTTP/2 to the proxy itself.
func tunnelPlainHTTP2(t *http.Transport, d *net.Dialer) dialer {
	proxyFor := func(address string) (*url.URL, error) {
		return http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: "https", Host: address}})
	}
	t.Proxy = func(r *http.Request) (*url.URL, error) { // what net/http does itself
		proxy, err := proxyFor(r.URL.Host)
		if proxy == nil || isHTTP(proxy) {
			return nil, err
		}
		return proxy, nil
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		proxy, err := proxyFor(address)
		if err != nil {
			return nil, err
		}
		if proxy == nil || !isHTTP(proxy) {
			return d.DialContext(ctx, network, address)
		}
		return dialThrough(ctx, d, proxy, address)
	}
}

func isHTTP(proxy *url.URL) bool { return proxy.Scheme == "http" || proxy.Scheme == "https" }

// dialThrough asks proxy for a connection to address.
func dialThrough(ctx context.Context, d *net.Dialer, proxy *url.URL, address string) (net.Conn, error) {
	port := proxy.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[proxy.Scheme]
	}
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort(proxy.Hostname(), port))
	if err != nil {
		return nil, fmt.Errorf("proxy %s: %w", proxy.Host, err)
	}
	stop := context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })
	tunnel, err := connect(conn, proxy, address)
	if err == nil && !stop() {
		err = ctx.Err()
	}
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("proxy %s: %w", proxy.Host, err)
	}
	return tunnel, nil
}

func connect(conn net.Conn, proxy *url.URL, address string) (net.Conn, error) {
	if proxy.Scheme == "https" {
		conn = tls.Client(conn, &tls.Config{ServerName: proxy.Hostname(), MinVersion: tls.VersionTLS12})
	}
	request := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{}}
	if user := proxy.User; user != nil {
		password, _ := user.Password()
		request.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	}
	if err := request.Write(conn); err != nil {
		return nil, err
	}
	reader := bufio.NewReader(conn)
	response, err := http.ReadResponse(reader, request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("it answers %s to CONNECT", response.Status)
	}
	return &tunnelConn{Conn: conn, reader: reader}, nil
}

// tunnelConn first gives out what arrived together with the proxy's answer: an
// HTTP/2 server may speak before it is spoken to.
type tunnelConn struct {
	net.Conn
	reader *bufio.Reader
}

func (c *tunnelConn) Read(p []byte) (int, error) { return c.reader.Read(p) }
