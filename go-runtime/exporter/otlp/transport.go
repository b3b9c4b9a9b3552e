// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"io"
	"net"
	"net/http"
	"time"

	"otel.runtime/internal/environ"
)

// Version is told to the collector in User-Agent.
var Version = "0.1.0"

func setUserAgent(h http.Header) {
	if h.Get("User-Agent") == "" {
		h.Set("User-Agent", "otel-otlp-exporter-go/"+Version)
	}
}

// transport is an http.Transport of the exporter's own, so that neither the
// program's settings of http.DefaultTransport matter nor ours for it.
type transport struct {
	*http.Transport
	secure      bool
	connections connections
}

// close ends every connection, with what it is doing.
func (t *transport) close() {
	t.CloseIdleConnections()
	t.connections.close()
}

func newTransport(c Config) *transport {
	environ.Note("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy") // which net/http reads
	d := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	t := &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConns:        2,
		IdleConnTimeout:     90 * time.Second,
		DisableCompression:  true,
		Protocols:           new(http.Protocols),
	}
	if c.TLS != nil {
		t.TLSClientConfig = c.TLS.Clone()
	}
	dial := d.DialContext
	switch {
	case c.Protocol != GRPC:
		t.Protocols.SetHTTP1(true)
		t.Protocols.SetHTTP2(true)
		if c.URL.Scheme == "http" {
			dial = speakingFirst(dial)
		}
	case c.URL.Scheme == "https":
		t.Protocols.SetHTTP2(true)
	default:
		t.Protocols.SetUnencryptedHTTP2(true)
		dial = tunnelPlainHTTP2(t, d)
	}
	if c.Socket != "" {
		t.Proxy = nil
		dial = func(ctx context.Context, _, _ string) (net.Conn, error) { return d.DialContext(ctx, "unix", c.Socket) }
	}
	out := &transport{Transport: t, secure: c.URL.Scheme == "https"}
	t.DialContext = out.connections.dial(dial)
	return out
}

// newRequest prepares one attempt to send part of f.
func newRequest(ctx context.Context, url string, headers http.Header, f *frame, part []byte) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, nil)
	if err != nil {
		return nil, &refusal{reason: err.Error()}
	}
	request.Header = headers.Clone()
	if host := headers.Get("Host"); host != "" {
		request.Host = host
		request.Header.Del("Host")
	}
	request.ContentLength = int64(len(part))
	request.Body = newBody(f, part)
	// With GetBody the transport itself repeats a request that a connection
	// going away has not processed.
	request.GetBody = func() (io.ReadCloser, error) { return newBody(f, part), nil }
	return request, nil
}
