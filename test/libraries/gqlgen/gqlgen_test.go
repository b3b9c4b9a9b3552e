// SPDX-License-Identifier: Apache-2.0

// Package gqlgen has a server of GraphQL made with gqlgen.
package gqlgen

import (
	"strings"
	"testing"

	"libraries/libtest"
)

func TestGqlgen(t *testing.T) {
	libtest.EachVersion(t, "github.com/99designs/gqlgen", func(t *testing.T, _ string, requires []string) {
		want, woven := libtest.CompareOverHTTP(t, "gqlgen", requires)
		got, exported := libtest.RunWoven(t, woven, []string{"OTEL_GO_DISABLED_INSTRUMENTATIONS=gqlgen"})
		if got != want || strings.Contains(exported.Text(), "graphql.operation") {
			t.Errorf("switched off:\n%s", libtest.Difference(want, got))
		}
	})
}
