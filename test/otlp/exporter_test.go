// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	standard "log"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	_ "google.golang.org/grpc/encoding/gzip" // the server decompresses
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"

	"otel.runtime/exporter/otlp"
)

// service is an official TraceServiceServer. It fails with failures in turn and
// then succeeds.
type service struct {
	collector.UnimplementedTraceServiceServer
	failures []error
	answer   *collector.ExportTraceServiceResponse

	mu    sync.Mutex
	calls []call
}

type call struct {
	spans    int
	metadata metadata.MD
	left     time.Duration // until the deadline; 0 without one
	peer     string
	at       time.Time
}

func (s *service) Export(ctx context.Context, r *collector.ExportTraceServiceRequest) (*collector.ExportTraceServiceResponse, error) {
	c := call{at: time.Now()}
	c.metadata, _ = metadata.FromIncomingContext(ctx)
	if from, ok := peer.FromContext(ctx); ok {
		c.peer = from.Addr.String()
	}
	if deadline, ok := ctx.Deadline(); ok {
		c.left = time.Until(deadline)
	}
	for _, of := range r.ResourceSpans {
		for _, in := range of.ScopeSpans {
			c.spans += len(in.Spans)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
	if n := len(s.calls); n <= len(s.failures) {
		return nil, s.failures[n-1]
	}
	if s.answer != nil {
		return s.answer, nil
	}
	return &collector.ExportTraceServiceResponse{}, nil
}

func (s *service) got() []call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

func (s *service) start(t *testing.T, options ...grpc.ServerOption) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer(options...)
	collector.RegisterTraceServiceServer(server, s)
	go server.Serve(l)
	t.Cleanup(server.Stop)
	return l.Addr().String()
}

// exporter is configured by "NAME=value" words, without their common prefix.
func exporter(t *testing.T, words ...string) (*otlp.Exporter, *bytes.Buffer) {
	t.Helper()
	values := map[string]string{"OTEL_EXPORTER_OTLP_TIMEOUT": "30000"}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		values["OTEL_EXPORTER_OTLP_"+name] = value
	}
	config := otlp.ConfigFromEnv(otlp.Traces, func(name string) string { return values[name] }, func(told string) { t.Error(told) })
	log := &bytes.Buffer{}
	config.Log = log
	e := otlp.New(config)
	t.Cleanup(func() {
		if err := e.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return e, log
}

// export sends n random spans.
func export(e *otlp.Exporter, n int) error {
	source := newSpanSource(int64(n))
	stubs := make(tracetest.SpanStubs, n)
	for i := range stubs {
		stubs[i] = source.span()
	}
	return e.ExportSpans(context.Background(), stubs.Snapshots())
}

func TestOfficialServer(t *testing.T) {
	for _, compression := range []string{"none", "gzip"} {
		s := &service{}
		e, log := exporter(t, "ENDPOINT=http://"+s.start(t), "COMPRESSION="+compression, "HEADERS=api-key=a%20b,tenant=7")
		for i := 1; i <= 3; i++ {
			if err := export(e, 100*i); err != nil {
				t.Fatal(err)
			}
		}
		calls := s.got()
		for i, c := range calls {
			if c.spans != 100*(i+1) || c.peer != calls[0].peer || c.metadata.Get("api-key")[0] != "a b" || c.metadata.Get("tenant")[0] != "7" || c.left <= 0 || c.left > 30*time.Second {
				t.Errorf("%s: call %d: %+v", compression, i, c)
			}
		}
		if len(calls) != 3 || log.Len() > 0 || e.Stats() != (otlp.Stats{Sent: 600}) {
			t.Errorf("%s: %d calls, %+v, %q", compression, len(calls), e.Stats(), log)
		}
	}
}

func TestUnavailableThenOK(t *testing.T) {
	s := &service{failures: []error{status.Error(codes.Unavailable, "starting")}}
	e, log := exporter(t, "ENDPOINT=http://"+s.start(t))
	if err := export(e, 5); err != nil || len(s.got()) != 2 || e.Stats() != (otlp.Stats{Sent: 5, Retries: 1}) || log.Len() > 0 {
		t.Errorf("%v, %d calls, %+v, %q", err, len(s.got()), e.Stats(), log)
	}
}

func TestResourceExhausted(t *testing.T) {
	plain := status.New(codes.ResourceExhausted, "quota of 10%, é")
	with, err := plain.WithDetails(&errdetails.ErrorInfo{Reason: "quota"}, &errdetails.RetryInfo{RetryDelay: durationpb.New(1200 * time.Millisecond)})
	if err != nil {
		t.Fatal(err)
	}
	s := &service{failures: []error{with.Err()}}
	e, _ := exporter(t, "ENDPOINT=http://"+s.start(t))
	if err := export(e, 1); err != nil || len(s.got()) != 2 {
		t.Fatalf("%v, %d calls", err, len(s.got()))
	}
	if pause := s.got()[1].at.Sub(s.got()[0].at); pause < 1200*time.Millisecond {
		t.Errorf("asked for 1.2s, waited %v", pause)
	}
	s = &service{failures: []error{plain.Err()}}
	e, log := exporter(t, "ENDPOINT=http://"+s.start(t))
	if err := export(e, 1); err == nil || len(s.got()) != 1 || !strings.Contains(log.String(), "RESOURCE_EXHAUSTED: quota of 10%, é; the program is not affected") {
		t.Errorf("%v, %d calls, %q", err, len(s.got()), log)
	}
}

func TestPartialSuccess(t *testing.T) {
	s := &service{answer: &collector.ExportTraceServiceResponse{PartialSuccess: &collector.ExportTracePartialSuccess{RejectedSpans: 2, ErrorMessage: "too old"}}}
	e, log := exporter(t, "ENDPOINT=http://"+s.start(t))
	if err := export(e, 5); err == nil || e.Stats() != (otlp.Stats{Sent: 3, Rejected: 2}) || !strings.Contains(log.String(), "2 of 5 spans rejected: too old") {
		t.Errorf("%v %+v %q", err, e.Stats(), log)
	}
}

// A batch of more than the server's 4 MiB is taken in parts.
func TestLargeBatch(t *testing.T) {
	s := &service{}
	e, log := exporter(t, "ENDPOINT=http://"+s.start(t))
	if err := export(e, 2500); err != nil || len(s.got()) < 2 || e.Stats() != (otlp.Stats{Sent: 2500}) {
		t.Errorf("%v, %d calls, %+v, %q", err, len(s.got()), e.Stats(), log)
	}
}

// The wrong protocol at gRPC's port is told with a hint.
func TestHTTPToGRPCPort(t *testing.T) {
	s := &service{}
	e, log := exporter(t, "ENDPOINT=http://"+s.start(t), "PROTOCOL=http/protobuf")
	var program bytes.Buffer // net/http logs there what it can't say otherwise
	standard.SetOutput(&program)
	defer standard.SetOutput(os.Stderr)
	if err := export(e, 1); err == nil || !strings.Contains(log.String(), "is it a gRPC port?") || program.Len() > 0 {
		t.Errorf("%v %q %q", err, log, &program)
	}
}

// certificate makes a key pair for 127.0.0.1 in files.
func certificate(t *testing.T) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, content []byte) string {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	return write("cert.pem", "CERTIFICATE", der), write("key.pem", "PRIVATE KEY", secret)
}

// mutualTLS is a server's configuration that asks for the same certificate.
func mutualTLS(t *testing.T, certFile, keyFile string) *tls.Config {
	t.Helper()
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(certFile)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(content)
	return &tls.Config{Certificates: []tls.Certificate{pair}, ClientCAs: pool, ClientAuth: tls.RequireAndVerifyClientCert}
}

func TestTLS(t *testing.T) {
	certFile, keyFile := certificate(t)
	s := &service{}
	address := s.start(t, grpc.Creds(credentials.NewTLS(mutualTLS(t, certFile, keyFile))))
	trusting := []string{"CERTIFICATE=" + certFile, "CLIENT_CERTIFICATE=" + certFile, "CLIENT_KEY=" + keyFile}
	for _, endpoint := range []string{"ENDPOINT=https://" + address, "ENDPOINT=" + address} {
		e, log := exporter(t, append(trusting, endpoint)...)
		if err := export(e, 3); err != nil || log.Len() > 0 {
			t.Errorf("%s: %v %q", endpoint, err, log)
		}
	}
	for reason, words := range map[string][]string{"unknown authority": nil, "certificate": trusting[:1:1]} {
		e, log := exporter(t, append(words, "ENDPOINT=https://"+address)...)
		e.Hurry()
		if err := export(e, 3); err == nil || !strings.Contains(log.String(), reason) {
			t.Errorf("%s: %v %q", reason, err, log)
		}
	}
	if len(s.got()) != 2 {
		t.Errorf("%d calls", len(s.got()))
	}
}

// A plain port behind an endpoint without http:// is the most common mistake.
func TestTLSToPlainPort(t *testing.T) {
	s := &service{}
	e, log := exporter(t, "ENDPOINT="+s.start(t))
	if err := export(e, 1); err == nil || !strings.Contains(log.String(), "OTEL_EXPORTER_OTLP_INSECURE=true") {
		t.Errorf("%v %q", err, log)
	}
}

func TestHTTPSWithHTTP2(t *testing.T) {
	certFile, keyFile := certificate(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	protocols := make(chan int, 1)
	server := &http.Server{TLSConfig: mutualTLS(t, certFile, keyFile), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { protocols <- r.ProtoMajor })}
	go server.ServeTLS(l, "", "")
	defer server.Close()
	e, log := exporter(t, "ENDPOINT=https://"+l.Addr().String()+"/base", "CERTIFICATE="+certFile, "CLIENT_CERTIFICATE="+certFile, "CLIENT_KEY="+keyFile)
	if err := export(e, 3); err != nil {
		t.Fatalf("%v %q", err, log)
	}
	if major := <-protocols; major != 2 {
		t.Errorf("HTTP/%d", major)
	}
}
