// SPDX-License-Identifier: Apache-2.0

package view

import (
	"sort"
	"strings"

	"otel.runtime/view/receiver"
)

// series is the points of one metric with one set of attributes, from one
// process.
type series struct {
	key        string
	metric     receiver.Metric // without points
	attributes receiver.Attributes
	points     []receiver.Point // in the order of their times
	bytes      int
	used       uint64 // the store's count when it was last added to
}

type metrics struct {
	limits  Limits
	series  map[string]*series
	bytes   int
	count   uint64
	dropped int
}

func newMetrics(limits Limits) metrics {
	return metrics{limits: limits, series: map[string]*series{}}
}

func (m *metrics) add(all []receiver.Metric) {
	m.count++
	for i := range all {
		of := all[i]
		points := of.Points
		of.Points = nil
		for _, p := range points {
			m.addPoint(of, p)
		}
	}
}

func (m *metrics) addPoint(of receiver.Metric, p receiver.Point) {
	key := keyOf(of, p)
	s := m.series[key]
	if s == nil {
		s = &series{key: key, metric: of, attributes: p.Attributes}
		m.series[key] = s
		s.bytes = pointSize + sizeOf(p.Attributes)
		m.bytes += s.bytes
	}
	s.used, s.metric = m.count, of
	change := s.add(p, m.limits.Points)
	s.bytes += change
	m.bytes += change
	for len(m.series) > m.limits.Series || m.bytes > m.limits.Bytes {
		m.dropOldest()
	}
}

// add keeps the order of times, and returns by how much the series grew.
func (s *series) add(p receiver.Point, limit int) int {
	p.Attributes = nil
	at := len(s.points)
	for at > 0 && s.points[at-1].Time > p.Time {
		at--
	}
	if at > 0 && s.points[at-1].Time == p.Time { // sent again
		change := sizeOfPoint(&p) - sizeOfPoint(&s.points[at-1])
		s.points[at-1] = p
		return change
	}
	s.points = append(s.points, receiver.Point{})
	copy(s.points[at+1:], s.points[at:])
	s.points[at] = p
	grown := sizeOfPoint(&p)
	if len(s.points) > limit {
		grown -= sizeOfPoint(&s.points[0])
		s.points = append(s.points[:0], s.points[1:]...)
	}
	return grown
}

// dropOldest drops the series that was not added to for longest.
func (m *metrics) dropOldest() {
	var oldest *series
	for _, s := range m.series {
		if oldest == nil || s.used < oldest.used || s.used == oldest.used && s.key < oldest.key {
			oldest = s
		}
	}
	delete(m.series, oldest.key)
	m.bytes -= oldest.bytes
	m.dropped++
}

// keyOf tells series apart. Attributes are a set: their order doesn't count.
func keyOf(of receiver.Metric, p receiver.Point) string {
	attributes := make([]string, len(p.Attributes))
	for i, kv := range p.Attributes {
		attributes[i] = kv.Key + "\x01" + receiver.Text(kv.Value)
	}
	sort.Strings(attributes)
	parts := []string{serviceOf(of.Resource), receiver.Text(of.Resource.Get("service.instance.id")), of.Scope.Name, of.Name, string(of.Type)}
	return strings.Join(append(parts, attributes...), "\x00")
}

// MetricView is a metric of one service with a plot of its series.
type MetricView struct {
	Service     string       `json:"service"`
	Name        string       `json:"name"`
	Description string       `json:"description"`
	Unit        string       `json:"unit"`
	Type        string       `json:"type"`
	Monotonic   bool         `json:"monotonic"`
	Lines       []string     `json:"lines"` // which lines its series have; the first is the one to show
	Series      []SeriesView `json:"series"`
	More        int          `json:"more"` // how many series there are besides these
}

// SeriesView is a series as lines of points, each Unix milliseconds and a value.
type SeriesView struct {
	Attributes []Value                 `json:"attributes"`
	Lines      map[string][][2]float64 `json:"lines"`
}

// mostSeries is how many one plot can show.
const mostSeries = 12

// Metrics of a service (or of all, if it is empty) whose names have a text in
// them, by name, and the names of all services that have any.
func (s *Store) Metrics(service, text string) (found []MetricView, services []string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	groups := map[[2]string][]*series{}
	known := map[string]bool{}
	for _, one := range s.metrics.series {
		of := serviceOf(one.metric.Resource)
		known[of] = true
		if (service == "" || service == of) && strings.Contains(one.metric.Name, text) {
			groups[[2]string{one.metric.Name, of}] = append(groups[[2]string{one.metric.Name, of}], one)
		}
	}
	found = []MetricView{}
	for _, group := range groups {
		found = append(found, metricView(group))
	}
	sort.Slice(found, func(i, j int) bool {
		if found[i].Name != found[j].Name {
			return found[i].Name < found[j].Name
		}
		return found[i].Service < found[j].Service
	})
	services = []string{}
	for name := range known {
		services = append(services, name)
	}
	sort.Strings(services)
	return found, services
}

func metricView(group []*series) MetricView {
	sort.Slice(group, func(i, j int) bool { return group[i].key < group[j].key })
	of := group[0].metric
	v := MetricView{Service: serviceOf(of.Resource), Name: of.Name, Description: of.Description, Unit: of.Unit, Type: string(of.Type), Monotonic: of.Monotonic,
		Lines: linesOf(of), Series: []SeriesView{}, More: max(0, len(group)-mostSeries)}
	for _, s := range group[:len(group)-v.More] {
		v.Series = append(v.Series, SeriesView{values(s.attributes), plot(s)})
	}
	return v
}
