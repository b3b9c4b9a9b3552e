// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
)

// Detector is what a rule of kind detector may name. What it returns beside an
// error counts, as of a resource.Detector of the SDK.
type Detector interface {
	func(context.Context) (*resource.Resource, error) |
		func(context.Context) ([]attribute.KeyValue, error) |
		func(context.Context) (map[string]string, error)
}

// patience is how long a program waits for all of its own detectors together.
var patience = 3 * time.Second

// Add adds a detector of the program's own, before the resource is asked for. It goes
// before those that are in the table, and takes the place of one of its name. It is
// called when the SDK is set up, before main, and must return when its context is done.
// The result is nothing, for `var _ = Add(…)`.
func Add[F Detector](name string, detect F) struct{} {
	name = strings.ToLower(name)
	kept := table[:0:0]
	for _, d := range table {
		if d.name != name {
			kept = append(kept, d)
		}
	}
	table = append(kept, detector{name: name, own: func(ctx context.Context) ([]attribute.KeyValue, error) {
		return call(ctx, detect)
	}})
	return struct{}{}
}

func call(ctx context.Context, detect any) ([]attribute.KeyValue, error) {
	switch detect := detect.(type) {
	case func(context.Context) (*resource.Resource, error):
		found, err := detect(ctx)
		return found.Attributes(), err
	case func(context.Context) ([]attribute.KeyValue, error):
		return detect(ctx)
	case func(context.Context) (map[string]string, error):
		found, err := detect(ctx)
		all := make(attributes, 0, len(found))
		for key, value := range found {
			all.text(key, value)
		}
		sort.Slice(all, func(i, j int) bool { return all[i].Key < all[j].Key })
		return all, err
	}
	return nil, fmt.Errorf("not a detector: %T", detect)
}

// asked are the chosen detectors of the program's own, which are at work at the same
// time.
type asked struct {
	ctx     context.Context
	end     context.CancelFunc
	answers map[string]chan answer
}

type answer struct {
	found []attribute.KeyValue
	err   error
}

func askOwn(chosen map[string]bool) asked {
	a := asked{end: func() {}}
	for _, d := range table {
		if d.own == nil || !chosen[d.name] {
			continue
		}
		if a.ctx == nil {
			a.ctx, a.end = context.WithTimeout(context.Background(), patience)
			a.answers = map[string]chan answer{}
		}
		done := make(chan answer, 1)
		a.answers[d.name] = done
		go ask(a.ctx, d.own, done)
	}
	return a
}

func ask(ctx context.Context, detect func(context.Context) ([]attribute.KeyValue, error), done chan<- answer) {
	var a answer
	defer func() {
		if p := recover(); p != nil {
			a = answer{err: fmt.Errorf("panic: %v", p)}
		}
		done <- a
	}()
	a.found, a.err = detect(ctx)
}

// answer is what one of them finds before the time is over. What goes wrong is
// reported: the program starts without its attributes.
func (a asked) answer(name string, report func(string)) []attribute.KeyValue {
	var got answer
	select {
	case got = <-a.answers[name]:
	case <-a.ctx.Done():
		select { // it may have been in time, while another one was waited for
		case got = <-a.answers[name]:
		default:
			report(fmt.Sprintf("detector %s didn't return in time; the resource is without its attributes", name))
			return nil
		}
	}
	if got.err != nil {
		report(fmt.Sprintf("detector %s: %v", name, got.err))
	}
	return got.found
}
