// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// Server serves a Handler on several addresses, each of which speaks HTTP/1 and
// HTTP/2, so gRPC and http/protobuf both reach it anywhere.
type Server struct {
	http      *http.Server
	listeners []net.Listener
}

// Listen opens the addresses and serves until Close. A port of 0 is any.
func Listen(handler http.Handler, addresses ...string) (*Server, error) {
	s := &Server{http: &http.Server{Handler: handler, Protocols: new(http.Protocols), ReadHeaderTimeout: 10 * time.Second}}
	s.http.Protocols.SetHTTP1(true)
	s.http.Protocols.SetUnencryptedHTTP2(true)
	for _, address := range addresses {
		l, err := net.Listen("tcp", address)
		if err != nil {
			for _, open := range s.listeners {
				open.Close()
			}
			return nil, err
		}
		s.listeners = append(s.listeners, l)
	}
	for _, l := range s.listeners {
		go s.http.Serve(l)
	}
	return s, nil
}

// Address is the one that the i-th listener has got.
func (s *Server) Address(i int) string { return s.listeners[i].Addr().String() }

// Close answers the requests that have come and ends, by force after a second.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return s.http.Close()
	}
	return err
}
