// SPDX-License-Identifier: Apache-2.0

// Package web builds programs that use one web framework, logger or RPC library
// each, plain and woven, at the oldest, the promised and the newest version of
// the library, and compares what they print and the spans that they send.
package web

import (
	"os"
	"testing"
)

// versions are the releases under test, oldest first. Without OTEL_TEST_FULL
// only the middle one is tested.
var versions = map[string][]string{
	"github.com/gin-gonic/gin":    {"v1.7.0", "v1.10.0", "v1.12.0"},
	"github.com/labstack/echo/v4": {"v4.0.0", "v4.12.0", "v4.16.0"},
	"github.com/labstack/echo/v5": {"v5.3.1"},
	"github.com/gorilla/mux":      {"v1.3.0", "v1.8.1"},
	"go.uber.org/zap":             {"v1.20.0", "v1.27.0", "v1.28.0"},
	"github.com/sirupsen/logrus":  {"v1.5.0", "v1.9.3", "v1.10.2"},
	"google.golang.org/grpc":      {"v1.44.0", "v1.61.0", "v1.85.0"},
	"std":                         {""},
}

// needed is what a release requires besides, because the Go release or the SDK
// can't be built with what the library asks for.
var needed = map[string][]string{
	"github.com/gin-gonic/gin v1.7.0": {"golang.org/x/sys v0.13.0"},
}

// eachVersion runs test with the requirement of each version of a module.
func eachVersion(t *testing.T, module string, test func(t *testing.T, requirements []string)) {
	all := versions[module]
	if os.Getenv("OTEL_TEST_FULL") == "" {
		all = all[len(all)/2 : len(all)/2+1]
	}
	for _, version := range all {
		if version == "" {
			test(t, nil)
			continue
		}
		t.Run(version, func(t *testing.T) { test(t, append(needed[module+" "+version], module+" "+version)) })
	}
}
