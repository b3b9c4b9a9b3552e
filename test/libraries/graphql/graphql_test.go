// SPDX-License-Identifier: Apache-2.0

// Package graphql has a server of GraphQL made with graphql-go.
package graphql

import (
	"strings"
	"testing"

	"libraries/libtest"
)

func TestGraphql(t *testing.T) {
	libtest.EachVersion(t, "github.com/graphql-go/graphql", func(t *testing.T, _ string, requires []string) {
		want, woven := libtest.CompareOverHTTP(t, "graphql", requires)
		got, exported := libtest.RunWoven(t, woven, []string{"OTEL_GO_DISABLED_INSTRUMENTATIONS=graphql"})
		if got != want || strings.Contains(exported.Text(), "graphql.operation") {
			t.Errorf("switched off:\n%s", libtest.Difference(want, got))
		}
	})
}
