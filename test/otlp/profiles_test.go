// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/collector/pdata/pprofile"
	"go.opentelemetry.io/collector/pdata/pprofile/pprofileotlp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"

	"otel.runtime/exporter/otlp"
	"otel.runtime/profile"
)

// window is one of CPU time and one of the heap.
func window() []*profile.Profile {
	begin := time.Unix(1700000000, 5)
	frames := []profile.Frame{{Address: 16, Function: "main.hot", File: "main.go", Line: 7}, {Address: 32, Function: "main.main", File: "main.go", Line: 9}}
	nanoseconds := profile.ValueType{Type: "cpu", Unit: "nanoseconds"}
	root := trace.SpanID{3}
	return []*profile.Profile{
		{Kind: profile.CPU, Start: begin, End: begin.Add(time.Second), Types: []profile.ValueType{{Type: "samples", Unit: "count"}, nanoseconds}, PeriodType: nanoseconds, Period: 10000000, Frames: frames,
			Samples: []profile.Sample{
				{Stack: []int32{0, 1}, Values: []int64{3, 30000000}, Labels: []profile.Label{{Key: "customer", Value: "ann"}},
					Span: profile.Span{Trace: trace.TraceID{1, 2}, ID: trace.SpanID{4}, Root: root, Name: "SELECT", Work: "GET /shop", Route: "/shop"}},
				{Stack: []int32{1}, Values: []int64{1, 10000000}},
			}},
		{Kind: profile.Heap, Start: begin, End: begin.Add(time.Second), Types: []profile.ValueType{{Type: "alloc_space", Unit: "bytes"}, {Type: "inuse_space", Unit: "bytes"}}, PeriodType: profile.ValueType{Type: "space", Unit: "bytes"}, Period: 524288,
			Frames: frames[:1], Samples: []profile.Sample{{Stack: []int32{0}, Values: []int64{1 << 40, 0}}}},
	}
}

// readProfiles is what a collector reads of a request: a line for each sample.
func readProfiles(t *testing.T, from pprofile.Profiles) (all []string) {
	t.Helper()
	d := from.Dictionary()
	text := func(n int32) string { return d.StringTable().At(int(n)) }
	if text(0) != "" || d.LinkTable().At(0).TraceID() != [16]byte{} || d.StackTable().At(0).LocationIndices().Len() != 0 ||
		d.LocationTable().At(0).Lines().Len() != 0 || d.FunctionTable().At(0).NameStrindex() != 0 || d.AttributeTable().At(0).KeyStrindex() != 0 || d.MappingTable().At(0).FilenameStrindex() != 0 {
		t.Error("the first entry of a table isn't the zero value")
	}
	attributes := func(indices []int32) string {
		var words []string
		for _, n := range indices {
			words = append(words, text(d.AttributeTable().At(int(n)).KeyStrindex())+"="+d.AttributeTable().At(int(n)).Value().AsString())
		}
		sort.Strings(words)
		return strings.Join(words, " ")
	}
	resource := from.ResourceProfiles().At(0)
	name, _ := resource.Resource().Attributes().Get("service.name")
	scope := resource.ScopeProfiles().At(0)
	for _, p := range scope.Profiles().All() {
		for _, sample := range p.Samples().All() {
			line := fmt.Sprintf("%s %s: %d %s %d, of %s/%s", name.AsString(), scope.Scope().Name(), p.Time().AsTime().Unix(), time.Duration(p.DurationNano()), p.Period(), text(p.PeriodType().TypeStrindex()), text(p.PeriodType().UnitStrindex()))
			line += fmt.Sprintf(" %s/%s=%v", text(p.SampleType().TypeStrindex()), text(p.SampleType().UnitStrindex()), sample.Values().AsRaw())
			for _, n := range d.StackTable().At(int(sample.StackIndex())).LocationIndices().AsRaw() {
				at := d.LocationTable().At(int(n))
				function := d.FunctionTable().At(int(at.Lines().At(0).FunctionIndex()))
				line += fmt.Sprintf(" %s@%d(%s:%d %s)", text(function.NameStrindex()), at.Address(), text(function.FilenameStrindex()), at.Lines().At(0).Line(), attributes(at.AttributeIndices().AsRaw()))
				if mapping := d.MappingTable().At(int(at.MappingIndex())); !strings.HasPrefix(attributes(mapping.AttributeIndices().AsRaw()), "process.executable.build_id.go=") || text(mapping.FilenameStrindex()) != profile.Program().Path {
					t.Errorf("mapping: %s %s", text(mapping.FilenameStrindex()), attributes(mapping.AttributeIndices().AsRaw()))
				}
			}
			link := d.LinkTable().At(int(sample.LinkIndex()))
			all = append(all, fmt.Sprintf("%s [%s] %s/%s", line, attributes(sample.AttributeIndices().AsRaw()), link.TraceID(), link.SpanID()))
		}
	}
	return all
}

var wantRead = []string{
	"shop otel.runtime/profile: 1700000000 1s 10000000, of cpu/nanoseconds samples/count=[3] main.hot@16(main.go:7 profile.frame.type=go) main.main@32(main.go:9 profile.frame.type=go) " +
		"[customer=ann http.route=/shop otel.go.root_span.id=0300000000000000 otel.go.root_span.name=GET /shop otel.go.span.name=SELECT service.name=shop] 01020000000000000000000000000000/0400000000000000",
	"shop otel.runtime/profile: 1700000000 1s 10000000, of cpu/nanoseconds samples/count=[1] main.main@32(main.go:9 profile.frame.type=go) [service.name=shop] /",
	"shop otel.runtime/profile: 1700000000 1s 524288, of space/bytes alloc_space/bytes=[1099511627776] main.hot@16(main.go:7 profile.frame.type=go) [service.name=shop] /",
}

// profileService keeps what it is sent over gRPC.
type profileService struct {
	pprofileotlp.UnimplementedGRPCServer
	requests chan pprofile.Profiles
}

func (s *profileService) Export(_ context.Context, r pprofileotlp.ExportRequest) (pprofileotlp.ExportResponse, error) {
	s.requests <- r.Profiles()
	return pprofileotlp.NewExportResponse(), nil
}

// The Collector's own code reads from requests of ours what went in.
func TestProfilesAtACollector(t *testing.T) {
	service := &profileService{requests: make(chan pprofile.Profiles, 1)}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	pprofileotlp.RegisterGRPCServer(server, service)
	go server.Serve(l)
	defer server.Stop()
	overHTTP := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		request := pprofileotlp.NewExportRequest()
		unmarshal := request.UnmarshalProto
		if r.Header.Get("Content-Type") == "application/json" {
			unmarshal = request.UnmarshalJSON
		}
		if err := unmarshal(body); err != nil || r.URL.Path != "/v1development/profiles" {
			t.Errorf("%s: %v\n%s", r.URL.Path, err, body)
		}
		service.requests <- request.Profiles()
	}))
	defer overHTTP.Close()
	for protocol, endpoint := range map[string]string{"grpc": "http://" + l.Addr().String(), "http/protobuf": overHTTP.URL, "http/json": overHTTP.URL} {
		values := map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_EXPORTER_OTLP_PROFILES_PROTOCOL": protocol}
		config := otlp.ConfigFromEnv(otlp.Profiles, func(name string) string { return values[name] }, func(told string) { t.Error(told) })
		e := otlp.NewProfiles(config, resource.NewSchemaless(attribute.String("service.name", "shop")), nil)
		if err := e.ExportProfiles(context.Background(), window()); err != nil {
			t.Fatal(protocol, err)
		}
		if got := readProfiles(t, <-service.requests); !reflect.DeepEqual(got, wantRead) {
			t.Errorf("%s:\n%s\nwant\n%s", protocol, strings.Join(got, "\n"), strings.Join(wantRead, "\n"))
		}
		e.Shutdown(context.Background())
	}
}

// Parts of a window have all that they refer to.
func TestProfilesInParts(t *testing.T) {
	all := window()
	var got []string
	for i := 0; i < 3; i++ {
		request := pprofileotlp.NewExportRequest()
		if err := request.UnmarshalProto(otlp.AppendProfilesRequest(nil, resource.NewSchemaless(attribute.String("service.name", "shop")), all, i, i+1)); err != nil {
			t.Fatal(err)
		}
		got = append(got, readProfiles(t, request.Profiles())...)
	}
	if !reflect.DeepEqual(got, wantRead) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

// A collector without the service is reported in one line, and not asked again.
func TestCollectorWithoutProfiles(t *testing.T) {
	var asked int
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked++
		http.NotFound(w, r)
	}))
	defer server.Close()
	values := map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": server.URL, "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}
	config := otlp.ConfigFromEnv(otlp.Profiles, func(name string) string { return values[name] }, func(told string) { t.Error(told) })
	var log strings.Builder
	config.Log = &log
	e := otlp.NewProfiles(config, resource.Empty(), nil)
	defer e.Shutdown(context.Background())
	for i := 0; i < 3; i++ {
		e.ExportProfiles(context.Background(), window())
	}
	if asked != 1 || strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "404") {
		t.Errorf("asked %d times; %s", asked, log.String())
	}
}
