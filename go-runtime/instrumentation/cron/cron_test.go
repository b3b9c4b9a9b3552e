// SPDX-License-Identifier: Apache-2.0

package cron

import (
	"testing"

	"github.com/robfig/cron/v3"
	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/spantest"
)

type shop struct{ runs int }

func (s *shop) Run()  { s.runs++ }
func (s *shop) Tidy() { s.runs++ }

// then is what Then becomes when it is woven.
func then(c cron.Chain, job *cron.Job) {
	var call hook.Call
	BeforeThen(&call, c, job)
	*job = c.Then(*job)
	AfterThen(&call, job)
}

// A job that has wrappers of its own, as cron's documentation has it, is run once.
func TestChainsOfChains(t *testing.T) {
	for name, own := range map[string]cron.Chain{
		"cron's":        cron.NewChain(cron.Recover(cron.DiscardLogger), cron.SkipIfStillRunning(cron.DiscardLogger)),
		"the program's": cron.NewChain(func(job cron.Job) cron.Job { return cron.FuncJob(job.Run) }),
		"none":          cron.NewChain(),
	} {
		for _, outer := range []cron.Chain{cron.NewChain(), cron.NewChain(cron.Recover(cron.DiscardLogger))} {
			for _, job := range []cron.Job{&shop{}, cron.FuncJob(tidy)} {
				ended := spantest.Record(t, sdk.AlwaysSample())
				want := shortOf(functionOf(job))
				then(own, &job)
				then(outer, &job)
				job.Run()
				if spans := ended(); len(spans) != 1 || spans[0].Name() != want {
					t.Errorf("%s: %d spans", name, len(spans))
				}
			}
		}
	}
}

// A wrapper of the program's is given the program's job.
func TestWrappersKnowTheirJobs(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	s := &shop{}
	job := cron.Job(s)
	then(cron.NewChain(cron.Recover(cron.DiscardLogger), func(job cron.Job) cron.Job { return cron.FuncJob(job.(*shop).Tidy) }), &job)
	job.Run()
	if spantest.Only(t, ended); s.runs != 1 {
		t.Errorf("%d runs", s.runs)
	}
}

func TestRuns(t *testing.T) {
	s := &shop{}
	for _, test := range []struct {
		job            cron.Job
		name, function string
	}{
		{s, "shop.Run", "otel.runtime/instrumentation/cron.(*shop).Run"},
		{cron.FuncJob(s.Tidy), "shop.Tidy", "otel.runtime/instrumentation/cron.(*shop).Tidy"},
		{cron.FuncJob(tidy), "tidy", "otel.runtime/instrumentation/cron.tidy"},
	} {
		ended := spantest.Record(t, sdk.AlwaysSample())
		job := test.job
		then(cron.NewChain(), &job)
		again := job
		if then(cron.NewChain(), &again); again != job {
			t.Error("two spans for a run")
		}
		job.Run()
		span := spantest.Only(t, ended)
		if span.Name() != test.name || span.Parent().IsValid() {
			t.Errorf("%s", span.Name())
		}
		spantest.Has(t, span.Attributes(), map[attribute.Key]string{"code.function.name": test.function})
	}
	if s.runs != 2 {
		t.Errorf("%d runs", s.runs)
	}
	var none cron.Job
	if then(cron.NewChain(), &none); none != nil {
		t.Error("a job that is nil")
	}
	spantest.Record(t, sdk.NeverSample())
	current.TurnOff()
	job := cron.Job(s)
	then(cron.NewChain(), &job)
	if n := testing.AllocsPerRun(100, job.Run); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func tidy() {}
