// SPDX-License-Identifier: Apache-2.0

package carrier

import (
	"slices"
	"strings"

	"go.opentelemetry.io/otel/propagation"
)

// List is headers in a list of a library's own pairs, as Kafka's clients have them:
//
//	carrier.List[kafka.Header]{Of: &m.Headers, Key: …, Value: …, New: …}
//
// Names are compared without regard to case. What is written goes to a new list: the
// program may share the one that it has.
type List[H any] struct {
	Of         *[]H
	Key, Value func(header H) string
	New        func(key, value string) H
}

var _ propagation.TextMapCarrier = List[string]{}

func (l List[H]) Get(key string) string {
	for _, h := range *l.Of {
		if strings.EqualFold(l.Key(h), key) {
			return l.Value(h)
		}
	}
	return ""
}

// Set replaces all headers of that name.
func (l List[H]) Set(key, value string) {
	of := slices.DeleteFunc(append(make([]H, 0, len(*l.Of)+1), *l.Of...), func(h H) bool { return strings.EqualFold(l.Key(h), key) })
	*l.Of = append(of, l.New(key, value))
}

func (l List[H]) Keys() []string {
	all := make([]string, len(*l.Of))
	for i, h := range *l.Of {
		all[i] = l.Key(h)
	}
	return all
}
