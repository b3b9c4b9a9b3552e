// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"fmt"
	"math/rand"
	"net"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/resource"
	metrics "go.opentelemetry.io/proto/otlp/collector/metrics/v1"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"

	"otel.runtime/exporter/otlp"
)

// metricService keeps what it is sent.
type metricService struct {
	metrics.UnimplementedMetricsServiceServer
	requests chan *metrics.ExportMetricsServiceRequest
}

func (s *metricService) Export(_ context.Context, r *metrics.ExportMetricsServiceRequest) (*metrics.ExportMetricsServiceResponse, error) {
	s.requests <- r
	return &metrics.ExportMetricsServiceResponse{}, nil
}

func startMetricService(t *testing.T) (*metricService, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &metricService{requests: make(chan *metrics.ExportMetricsServiceRequest, 1)}
	server := grpc.NewServer()
	metrics.RegisterMetricsServiceServer(server, s)
	go server.Serve(l)
	t.Cleanup(server.Stop)
	return s, l.Addr().String()
}

// metricSource makes random metrics that the official exporter can send: all
// text is UTF-8, as it doesn't check that.
type metricSource struct{ *rand.Rand }

func (s metricSource) word() string {
	return []string{"", "a", "http.route", "größe", strings.Repeat("long ", 50)}[s.Intn(5)]
}

func (s metricSource) attributes() (all []attribute.KeyValue) {
	for i := s.Intn(4); i > 0; i-- {
		key := attribute.Key(fmt.Sprintf("key%d", i))
		all = append(all, []attribute.KeyValue{key.String(s.word()), key.Int64(s.Int63() - s.Int63()), key.Float64(s.NormFloat64()), key.Bool(s.Intn(2) == 0),
			key.StringSlice([]string{s.word(), s.word()})}[s.Intn(5)])
	}
	return all
}

func (s metricSource) set() attribute.Set { return attribute.NewSet(s.attributes()...) }

func (s metricSource) time() time.Time { return time.Unix(1+s.Int63n(4e9), s.Int63n(1e9)) }

func randomPoints[N int64 | float64](s metricSource, value func() N) (points []metricdata.DataPoint[N]) {
	for i := s.Intn(4); i > 0; i-- {
		points = append(points, metricdata.DataPoint[N]{Attributes: s.set(), StartTime: s.time(), Time: s.time(), Value: value(), Exemplars: randomExemplars(s, value)})
	}
	return points
}

func randomExemplars[N int64 | float64](s metricSource, value func() N) (exemplars []metricdata.Exemplar[N]) {
	for i := s.Intn(3); i > 0; i-- {
		trace, span := make([]byte, 16), make([]byte, 8)
		s.Read(trace)
		s.Read(span)
		exemplars = append(exemplars, metricdata.Exemplar[N]{FilteredAttributes: s.attributes(), Time: s.time(), Value: value(), SpanID: span, TraceID: trace})
	}
	return exemplars
}

func randomExtrema[N int64 | float64](s metricSource, value func() N) (e metricdata.Extrema[N]) {
	if s.Intn(2) == 0 {
		return metricdata.NewExtrema(value())
	}
	return e
}

func (s metricSource) counts(n int) []uint64 {
	counts := make([]uint64, n)
	for i := range counts {
		counts[i] = uint64(s.Int63n(1 << uint(1+s.Intn(40))))
	}
	return counts
}

func randomHistograms[N int64 | float64](s metricSource, value func() N) metricdata.Histogram[N] {
	h := metricdata.Histogram[N]{Temporality: s.temporality()}
	for i := s.Intn(4); i > 0; i-- {
		bounds := make([]float64, s.Intn(5))
		for j := range bounds {
			bounds[j] = float64(j) * s.NormFloat64()
		}
		h.DataPoints = append(h.DataPoints, metricdata.HistogramDataPoint[N]{Attributes: s.set(), StartTime: s.time(), Time: s.time(),
			Count: uint64(s.Int63()), Bounds: bounds, BucketCounts: s.counts(len(bounds) + 1), Min: randomExtrema(s, value), Max: randomExtrema(s, value),
			Sum: value(), Exemplars: randomExemplars(s, value)})
	}
	return h
}

func randomExponentials[N int64 | float64](s metricSource, value func() N) metricdata.ExponentialHistogram[N] {
	h := metricdata.ExponentialHistogram[N]{Temporality: s.temporality()}
	for i := s.Intn(4); i > 0; i-- {
		bucket := func() metricdata.ExponentialBucket {
			return metricdata.ExponentialBucket{Offset: int32(s.Intn(400) - 200), Counts: s.counts(s.Intn(300))}
		}
		h.DataPoints = append(h.DataPoints, metricdata.ExponentialHistogramDataPoint[N]{Attributes: s.set(), StartTime: s.time(), Time: s.time(),
			Count: uint64(s.Int63()), Min: randomExtrema(s, value), Max: randomExtrema(s, value), Sum: value(), Scale: int32(s.Intn(40) - 20),
			ZeroCount: uint64(s.Intn(3)), PositiveBucket: bucket(), NegativeBucket: bucket(), Exemplars: randomExemplars(s, value)})
	}
	return h
}

func randomSummaries(s metricSource) (all metricdata.Summary) {
	for i := s.Intn(4); i > 0; i-- {
		p := metricdata.SummaryDataPoint{Attributes: s.set(), StartTime: s.time(), Time: s.time(), Count: uint64(s.Int63()), Sum: s.NormFloat64()}
		for j := s.Intn(4); j > 0; j-- {
			p.QuantileValues = append(p.QuantileValues, metricdata.QuantileValue{Quantile: s.Float64(), Value: s.NormFloat64()})
		}
		all.DataPoints = append(all.DataPoints, p)
	}
	return all
}

func (s metricSource) temporality() metricdata.Temporality {
	return []metricdata.Temporality{metricdata.CumulativeTemporality, metricdata.DeltaTemporality}[s.Intn(2)]
}

func (s metricSource) data() metricdata.Aggregation {
	whole := func() int64 { return s.Int63() - s.Int63() }
	switch s.Intn(9) {
	case 0:
		return metricdata.Gauge[int64]{DataPoints: randomPoints(s, whole)}
	case 1:
		return metricdata.Gauge[float64]{DataPoints: randomPoints(s, s.NormFloat64)}
	case 2:
		return metricdata.Sum[int64]{DataPoints: randomPoints(s, whole), Temporality: s.temporality(), IsMonotonic: s.Intn(2) == 0}
	case 3:
		return metricdata.Sum[float64]{DataPoints: randomPoints(s, s.NormFloat64), Temporality: s.temporality(), IsMonotonic: s.Intn(2) == 0}
	case 4:
		return randomHistograms(s, whole)
	case 5:
		return randomHistograms(s, s.NormFloat64)
	case 6:
		return randomExponentials(s, whole)
	case 7:
		return randomSummaries(s)
	}
	return randomExponentials(s, s.NormFloat64)
}

func (s metricSource) metrics() *metricdata.ResourceMetrics {
	all := &metricdata.ResourceMetrics{Resource: resource.NewWithAttributes(s.word(), s.attributes()...)}
	for i := s.Intn(4); i > 0; i-- {
		scope := instrumentation.Scope{Name: s.word(), Version: s.word(), SchemaURL: s.word(), Attributes: s.set()}
		of := metricdata.ScopeMetrics{Scope: scope}
		for j := s.Intn(5); j > 0; j-- {
			of.Metrics = append(of.Metrics, metricdata.Metrics{Name: s.word(), Description: s.word(), Unit: s.word(), Data: s.data()})
		}
		all.ScopeMetrics = append(all.ScopeMetrics, of)
	}
	return all
}

// What the official exporter sends for random metrics, ours sends too.
func TestMetricsAreThoseOfTheOfficialExporter(t *testing.T) {
	service, address := startMetricService(t)
	official, err := otlpmetricgrpc.New(context.Background(), otlpmetricgrpc.WithEndpoint(address), otlpmetricgrpc.WithInsecure())
	if err != nil {
		t.Fatal(err)
	}
	defer official.Shutdown(context.Background())
	values := map[string]string{"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "http://" + address}
	config := otlp.ConfigFromEnv(otlp.Metrics, func(name string) string { return values[name] }, func(told string) { t.Error(told) })
	ours := otlp.NewMetrics(config, metric.DefaultTemporalitySelector, nil, false)
	defer ours.Shutdown(context.Background())

	for seed := int64(1); seed <= 300; seed++ {
		all := metricSource{rand.New(rand.NewSource(seed))}.metrics()
		if err := official.Export(context.Background(), all); err != nil {
			t.Fatalf("seed %d: the official exporter: %v", seed, err)
		}
		want := <-service.requests
		encoded := otlp.AppendMetricsRequest(nil, all)
		var got metrics.ExportMetricsServiceRequest
		if err := proto.Unmarshal(encoded, &got); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if !proto.Equal(want, &got) {
			t.Fatalf("seed %d: %s", seed, firstDifference(prototext.Format(want), prototext.Format(&got)))
		}
		if size := proto.Size(&got); size != len(encoded) {
			t.Fatalf("seed %d: %d bytes, want %d", seed, len(encoded), size)
		}
		if err := ours.Export(context.Background(), all); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		select {
		case sent := <-service.requests:
			if !proto.Equal(want, sent) {
				t.Fatalf("seed %d: sent otherwise than encoded", seed)
			}
		default: // without data points nothing is sent
		}
	}
	if stats := ours.Stats(); stats.Sent == 0 || stats.Failed+stats.Rejected > 0 {
		t.Errorf("%+v", stats)
	}
}

// A collector that has no service for metrics isn't asked again, nor told of,
// where nobody asked for metrics.
func TestOptionalMetricsAreSilentlyLeftOut(t *testing.T) {
	s := &service{}
	values := map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://" + s.start(t)}
	config := otlp.ConfigFromEnv(otlp.Metrics, func(name string) string { return values[name] }, func(told string) { t.Error(told) })
	e := otlp.NewMetrics(config, metric.DefaultTemporalitySelector, nil, true)
	defer e.Shutdown(context.Background())
	all := &metricdata.ResourceMetrics{ScopeMetrics: []metricdata.ScopeMetrics{{Metrics: []metricdata.Metrics{{Name: "m",
		Data: metricdata.Sum[int64]{DataPoints: []metricdata.DataPoint[int64]{{Value: 1}}}}}}}}
	for i := 0; i < 3; i++ {
		if err := e.Export(context.Background(), all); err != nil {
			t.Error(err)
		}
	}
	if stats := e.Stats(); stats.Failed != 1 || stats.Sent != 0 {
		t.Errorf("%+v", stats)
	}
}
