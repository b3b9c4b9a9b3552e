// SPDX-License-Identifier: Apache-2.0

package view

import (
	"fmt"
	"strings"
	"testing"

	"otel.runtime/view/receiver"
)

func TestServiceMap(t *testing.T) {
	of := func(name, kind string, s receiver.Span, attributes ...string) receiver.Span {
		s.Resource, s.Kind = service(name), kind
		for i := 0; i < len(attributes); i += 2 {
			s.Attributes = append(s.Attributes, receiver.Attribute{Key: attributes[i], Value: attributes[i+1]})
		}
		return s
	}
	failed := of("back", "SERVER", spanOf("t", "3", "2", 3, 103))
	failed.Status.Code = "ERROR"
	s := storeOf(DefaultLimits(),
		of("back", "CLIENT", spanOf("t", "5", "4", 5, 8), "db.system", "mysql", "db.name", "shop"), // below that of a library above it
		of("back", "CLIENT", spanOf("t", "4", "3", 4, 9), "db.system", "mysql", "db.name", "shop"),
		failed,
		of("front", "CLIENT", spanOf("t", "2", "1", 2, 150), "server.address", "back", "server.port", "80"), // answered by back
		of("front", "SERVER", spanOf("t", "1", "", 1, 200)),
		of("front", "CLIENT", spanOf("t", "6", "1", 6, 7), "server.address", "example.com", "server.port", "443"),
		of("front", "PRODUCER", spanOf("t", "7", "1", 6, 7), "messaging.system", "kafka", "messaging.destination.name", "orders"),
		of("front", "CLIENT", spanOf("t", "8", "1", 6, 7)), // tells nothing
		of("worker", "CONSUMER", spanOf("u", "1", "gone", 1, 2)),
	)
	m := s.ServiceMap()
	var lines []string
	for _, n := range m.Nodes {
		lines = append(lines, fmt.Sprintf("%s %s %d spans %d requests %d errors %v", n.Name, n.Kind, n.Spans, n.Requests, n.Errors, n.P95))
	}
	for _, c := range m.Calls {
		lines = append(lines, fmt.Sprintf("%s > %s %d %d %v", c.From, c.To, c.Count, c.Errors, c.P95))
	}
	want := `back service 3 spans 1 requests 1 errors 100
example.com:443 remote 0 spans 1 requests 0 errors 1
front service 5 spans 1 requests 0 errors 199
kafka orders messaging 0 spans 1 requests 0 errors 1
mysql shop database 0 spans 1 requests 0 errors 3
worker service 1 spans 1 requests 0 errors 1
back > mysql shop 1 0 3
front > back 1 1 100
front > example.com:443 1 0 1
front > kafka orders 1 0 1`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
