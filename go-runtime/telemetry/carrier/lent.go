// SPDX-License-Identifier: Apache-2.0

package carrier

import "go.opentelemetry.io/otel/propagation"

// Peeked is headers whose memory will be used again, as those of fasthttp and Hertz.
// Names may be canonical or as they were sent.
type Peeked interface {
	Peek(name string) []byte
	PeekAll(name string) [][]byte
	VisitAll(f func(name, value []byte))
}

// Lent reads headers that will be used again. All that it returns is a copy.
type Lent struct{ Peeked }

var _ propagation.TextMapCarrier = Lent{}

func (l Lent) Get(key string) string { return string(l.peek(key)) }

// Set does nothing: they aren't to be written.
func (l Lent) Set(string, string) {}

// Values makes it a propagation.ValuesGetter.
func (l Lent) Values(key string) []string {
	if all := l.all(key); len(all) > 0 {
		return all
	}
	return l.all(canonical(key))
}

// Named are the values of a header whose name is canonical already.
func (l Lent) Named(name string) []string { return l.all(name) }

func (l Lent) Keys() (all []string) {
	l.VisitAll(func(name, _ []byte) { all = append(all, string(name)) })
	return all
}

// HasAny reports whether one of the names is there.
func (l Lent) HasAny(names []string) bool {
	for _, name := range names {
		if len(l.peek(name)) > 0 {
			return true
		}
	}
	return false
}

// all doesn't visit all headers: that would take the header Cookie apart, which the
// program and who it sends the request on to would then see written anew.
func (l Lent) all(name string) (values []string) {
	if len(l.Peek(name)) == 0 {
		return nil
	}
	for _, value := range l.PeekAll(name) {
		values = append(values, string(value))
	}
	return values
}

func (l Lent) peek(key string) []byte {
	if value := l.Peek(key); len(value) > 0 {
		return value
	}
	return l.Peek(canonical(key))
}

// Written is headers that can be changed, too.
type Written interface {
	Peeked
	Set(name, value string)
	Del(name string)
}

// Replaced writes to the headers of a request that is the program's own, and
// restores them.
type Replaced struct {
	Of Written

	before []earlier
	room   [3]earlier
}

type earlier struct{ name, value string }

var _ propagation.TextMapCarrier = (*Replaced)(nil)

func (r *Replaced) Get(key string) string { return Lent{r.Of}.Get(key) }
func (r *Replaced) Keys() []string        { return Lent{r.Of}.Keys() }

// Set replaces a header of that name, also where it is written in the canonical form.
func (r *Replaced) Set(key, value string) {
	name := key
	if len(r.Of.Peek(name)) == 0 {
		if other := canonical(key); len(r.Of.Peek(other)) > 0 {
			name = other
		}
	}
	if r.before == nil {
		r.before = r.room[:0]
	}
	r.before = append(r.before, earlier{name, string(r.Of.Peek(name))})
	r.Of.Set(name, value)
}

// Restore has the headers as they were before the first Set, and lets go of them.
func (r *Replaced) Restore() {
	for n := len(r.before) - 1; n >= 0; n-- {
		if h := r.before[n]; h.value != "" {
			r.Of.Set(h.name, h.value)
		} else {
			r.Of.Del(h.name)
		}
	}
	r.Of, r.before = nil, nil
}
