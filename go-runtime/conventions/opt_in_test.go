// SPDX-License-Identifier: Apache-2.0

package conventions

import (
	"reflect"
	"testing"
)

func TestOptIn(t *testing.T) {
	for list, want := range map[string]bool{"": false, "rpc": false, "http, RPC/dup": true, "rpc/dup,rpc": true, "database/dup": false} {
		t.Setenv(OptIn, list)
		if Duplicates("rpc") != want {
			t.Errorf("%q: %v", list, !want)
		}
	}
}

func TestOptInThatHasNoEffectIsTold(t *testing.T) {
	var told []string
	CheckOptIn("http,rpc,rpc/dup,database,messaging,gen_ai_latest_experimental,http/dup,databases,,nonsense/dup", func(line string) { told = append(told, line) })
	if want := []string{
		`OTEL_SEMCONV_STABILITY_OPT_IN: "http/dup" has no effect: only the new names of http are emitted, and "rpc/dup" is the one category with both`,
		`OTEL_SEMCONV_STABILITY_OPT_IN: unknown category "databases"; it is not used; did you mean "database"?`,
		`OTEL_SEMCONV_STABILITY_OPT_IN: unknown category "nonsense/dup"; it is not used`,
	}; !reflect.DeepEqual(told, want) {
		t.Errorf("%q", told)
	}
}
