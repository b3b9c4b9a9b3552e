// SPDX-License-Identifier: Apache-2.0

package instrumentation

import (
	"testing"

	"otel.runtime/conventions"
)

func TestNew(t *testing.T) {
	t.Setenv("OTEL_GO_DISABLED_INSTRUMENTATIONS", "shop, example.com/sdk")
	library := New("otel.runtime/sdk", "sdk", "example.com/sdk")
	if library.Name() != "otel.runtime/sdk" || library.Scope.Name != "otel.runtime/sdk" || library.Scope.SchemaURL != conventions.SchemaURL {
		t.Errorf("%+v", library)
	}
	if !library.Off || New("otel.runtime/other", "other").Off {
		t.Error("which library is off")
	}
}
