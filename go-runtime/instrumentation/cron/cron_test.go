// SPDX-License-Identifier: Apache-2.0

package cron

import (
	"testing"

	"github.com/robfig/cron/v3"
	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/current"
	"otel.runtime/internal/spantest"
)

type shop struct{ runs int }

func (s *shop) Run()  { s.runs++ }
func (s *shop) Tidy() { s.runs++ }

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
		BeforeThen(nil, nil, &job)
		again := job
		if BeforeThen(nil, nil, &again); again != job {
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
	if BeforeThen(nil, nil, &none); none != nil {
		t.Error("a job that is nil")
	}
	spantest.Record(t, sdk.NeverSample())
	current.TurnOff()
	job := cron.Job(s)
	BeforeThen(nil, nil, &job)
	if n := testing.AllocsPerRun(100, job.Run); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func tidy() {}
