// SPDX-License-Identifier: Apache-2.0

package carrier

import (
	"reflect"
	"testing"
)

// peeked is a pair of a name and a value for each header.
type peeked [][2]string

func (p *peeked) Peek(name string) []byte {
	for _, h := range *p {
		if h[0] == name {
			return []byte(h[1])
		}
	}
	return nil
}

func (p *peeked) PeekAll(name string) (all [][]byte) {
	for _, h := range *p {
		if h[0] == name {
			all = append(all, []byte(h[1]))
		}
	}
	return all
}

func (p *peeked) VisitAll(f func(name, value []byte)) {
	for _, h := range *p {
		f([]byte(h[0]), []byte(h[1]))
	}
}

func (p *peeked) Set(name, value string) {
	for i := range *p {
		if (*p)[i][0] == name {
			(*p)[i][1] = value
			return
		}
	}
	*p = append(*p, [2]string{name, value})
}

func (p *peeked) Del(name string) {
	for i := range *p {
		if (*p)[i][0] == name {
			*p = append((*p)[:i:i], (*p)[i+1:]...)
			return
		}
	}
}

func TestLent(t *testing.T) {
	of := Lent{&peeked{{"Traceparent", "a"}, {"baggage", "b"}, {"X-Own", "c"}, {"X-Own", "d"}}}
	if of.Get("traceparent") != "a" || of.Get("baggage") != "b" || of.Get("tracestate") != "" {
		t.Error("what a propagator reads")
	}
	if got := of.Named("X-Own"); !reflect.DeepEqual(got, []string{"c", "d"}) || of.Named("X-Other") != nil || of.Values("x-none") != nil {
		t.Error(got)
	}
	if !of.HasAny([]string{"tracestate", "baggage"}) || of.HasAny([]string{"tracestate"}) || len(of.Keys()) != 4 {
		t.Error("which headers there are")
	}
}

func TestReplacedAreRestored(t *testing.T) {
	for _, before := range []peeked{nil, {{"Traceparent", "own"}, {"X", "y"}}, {{"traceparent", "own"}}, {{"X", "y"}}} {
		of := append(peeked(nil), before...)
		r := Replaced{Of: &of}
		for _, name := range []string{"traceparent", "tracestate", "baggage", "b3", "traceparent"} {
			r.Set(name, "sent")
		}
		if got := (Lent{&of}).Values("traceparent"); !reflect.DeepEqual(got, []string{"sent"}) {
			t.Errorf("%v: sent %v", before, got)
		}
		if r.Restore(); !reflect.DeepEqual(of, before) && len(of)+len(before) > 0 {
			t.Errorf("%v, want %v", of, before)
		}
	}
}
