// SPDX-License-Identifier: Apache-2.0

package secrets

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// collector takes whatever it is sent, by each protocol, and keeps the bytes.
type collector struct {
	*httptest.Server
	rude bool // it refuses everything, and repeats the headers that it was sent

	mu     sync.Mutex
	bodies map[string][]byte // by path
}

func startCollector(t *testing.T, rude bool) *collector {
	c := &collector{rude: rude, bodies: map[string][]byte{}}
	c.Server = httptest.NewUnstartedServer(c)
	c.Config.Protocols = new(http.Protocols)
	c.Config.Protocols.SetHTTP1(true)
	c.Config.Protocols.SetUnencryptedHTTP2(true)
	c.Start()
	t.Cleanup(c.Close)
	return c
}

func (c *collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	isGRPC := strings.HasPrefix(r.Header.Get("Content-Type"), "application/grpc")
	if isGRPC && len(body) >= 5 {
		if n := binary.BigEndian.Uint32(body[1:5]); body[0] == 1 && int(n) == len(body)-5 {
			body = unzipped(body[5:])
		}
	}
	if r.Header.Get("Content-Encoding") == "gzip" {
		body = unzipped(body)
	}
	c.mu.Lock()
	c.bodies[r.URL.Path] = append(c.bodies[r.URL.Path], body...)
	c.mu.Unlock()
	said := strings.ReplaceAll(fmt.Sprint("refused ", r.Header, r.URL), "\n", " ")
	switch {
	case isGRPC:
		w.Header().Set("Content-Type", "application/grpc")
		w.Header().Set("Trailer", "Grpc-Status, Grpc-Message")
		w.WriteHeader(http.StatusOK)
		if c.rude {
			w.Header().Set("Grpc-Status", "3")
			w.Header().Set("Grpc-Message", said)
			return
		}
		w.Write(make([]byte, 5))
		w.Header().Set("Grpc-Status", "0")
	case c.rude:
		http.Error(w, said, http.StatusBadRequest)
	default:
		w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
	}
}

func unzipped(body []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return body
	}
	plain, _ := io.ReadAll(r)
	return plain
}

func (c *collector) taken() map[string][]byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bodies
}
