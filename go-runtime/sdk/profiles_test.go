// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"reflect"
	"testing"

	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/profile"
)

func TestKindsOfProfiles(t *testing.T) {
	for value, want := range map[string][]profile.Kind{
		"": {profile.CPU, profile.Heap}, "heap": {profile.Heap}, "Mutex,block, mutex": {profile.Mutex, profile.Block}, "all": profile.Kinds, "cpu,all": profile.Kinds,
	} {
		s, told := with("OTEL_GO_PROFILES_KINDS=" + value)
		if got := s.profileKinds(); !reflect.DeepEqual(got, want) || len(*told) > 0 {
			t.Errorf("%q: %v %q", value, got, *told)
		}
	}
	s, told := with("OTEL_GO_PROFILES_KINDS=haep")
	if got := s.profileKinds(); len(got) != 2 || len(*told) != 1 || (*told)[0] != `OTEL_GO_PROFILES_KINDS: unknown kind "haep"; known are cpu, heap, goroutine, mutex, block and all; did you mean "heap"?` {
		t.Errorf("%v %q", got, *told)
	}
}

func TestNoProfilesUnlessAskedFor(t *testing.T) {
	for _, value := range []string{"", "none", " "} {
		s, told := with("OTEL_PROFILES_EXPORTER=" + value)
		if s.profiles = s.newProfiles(); s.profiles != nil {
			t.Errorf("%q: %v", value, s.profiles)
		}
		s.startProfiles(resource.Empty(), nil)
		if len(*told) > 0 {
			t.Errorf("%q: %q", value, *told)
		}
	}
	for value, want := range map[string]string{
		"fiel":                `OTEL_PROFILES_EXPORTER: unknown exporter "fiel"; known are otlp, pyroscope, file and none`,
		"File,otlp,pyroscope": "OTEL_PROFILES_EXPORTER: there are no profiles, as package runtime isn't woven", // as this test isn't
	} {
		s, told := with("OTEL_PROFILES_EXPORTER=" + value)
		s.profiles = s.newProfiles()
		s.startProfiles(resource.Empty(), nil)
		if s.profiles.Recorder != nil || len(*told) != 1 || (*told)[0] != want {
			t.Errorf("%q: %q", value, *told)
		}
		s.profiles.OnEnd(nil)
	}
}
