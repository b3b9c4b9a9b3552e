// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
)

// withTable puts the table back when the test is over.
func withTable(t *testing.T) {
	before, waits := table, patience
	t.Cleanup(func() { table, patience = before, waits })
}

func TestOwnDetectorsOfEachForm(t *testing.T) {
	withTable(t)
	Add("Fleet", func(context.Context) (map[string]string, error) {
		return map[string]string{"fleet.name": "north", "fleet.empty": "", "a": "b"}, nil
	})
	Add("rack", func(context.Context) ([]attribute.KeyValue, error) {
		return []attribute.KeyValue{attribute.Int("rack", 7)}, nil
	})
	Add("zone", func(context.Context) (*resource.Resource, error) {
		return resource.NewSchemaless(attribute.String("zone", "z1")), errors.New("only a part")
	})
	Add("none", func(context.Context) (*resource.Resource, error) { return nil, nil })
	names := Chosen("FLEET,rack,zone,none", func(name, hint string) { t.Error(name, hint) })
	var told []string
	if got := text(Resource(names, func(line string) { told = append(told, line) })); got != "a=b fleet.name=north rack=7 zone=z1" {
		t.Error(got)
	}
	if want := []string{"detector zone: only a part"}; !reflect.DeepEqual(told, want) {
		t.Error(told)
	}
	if all := strings.Join(Chosen("", nil), " "); !strings.HasSuffix(all, "fleet rack zone none") {
		t.Error("own ones aren't among the default:", all)
	}
	if all := Chosen("none", nil); all != nil {
		t.Error(all)
	}
	if all := strings.Join(Chosen("-rack,-zone,-none", nil), " "); !strings.HasSuffix(all, "azure fleet") {
		t.Error(all)
	}
}

func TestAnOwnDetectorTakesThePlaceOfOneOfItsName(t *testing.T) {
	withTable(t)
	Add("host", func(context.Context) (map[string]string, error) { return map[string]string{"host.name": "h"}, nil })
	if got := text(Resource([]string{"host"}, func(line string) { t.Error(line) })); got != "host.name=h" {
		t.Error(got)
	}
}

// A program starts whatever a detector does.
func TestAnOwnDetectorThatFails(t *testing.T) {
	withTable(t)
	patience = 50 * time.Millisecond
	release := make(chan struct{})
	defer close(release)
	Add("hangs", func(context.Context) (map[string]string, error) { <-release; return nil, nil })
	Add("panics", func(context.Context) (map[string]string, error) { panic("no fleet") })
	Add("fails", func(context.Context) (map[string]string, error) { return nil, errors.New("refused") })
	Add("good", func(context.Context) (map[string]string, error) { return map[string]string{"a": "b"}, nil })
	Add("obeys", func(ctx context.Context) (map[string]string, error) { <-ctx.Done(); return nil, ctx.Err() })
	var told []string
	got := text(Resource([]string{"hangs", "panics", "fails", "good", "obeys"}, func(line string) { told = append(told, line) }))
	if got != "a=b" {
		t.Error(got)
	}
	// One that hangs holds nobody else up.
	want := []string{"detector hangs didn't return in time; the resource is without its attributes", "detector panics: panic: no fleet", "detector fails: refused"}
	if len(told) != 4 || !reflect.DeepEqual(told[:3], want) || !strings.HasPrefix(told[3], "detector obeys") {
		t.Errorf("%q", told)
	}
}
