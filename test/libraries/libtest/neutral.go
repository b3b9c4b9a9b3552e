// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"bytes"
	"strings"
	"testing"
)

// showsMore are the woven packages that can't show their importers the export
// data of a plain build, and why; with a rule behind the package, it is where that
// rule is woven. What imports these, by however many others, may be compiled anew.
var showsMore = map[string]string{
	"github.com/gin-gonic/gin":               "(*Context).Next, which is inlined, has an after hook",
	"github.com/labstack/echo/v4":            "(*context).Error, which is inlined, has a hook",
	"github.com/labstack/echo/v4/middleware": "a part of RecoverWithConfig, which is inlined, is woven",
	"github.com/labstack/echo/v5":            "(*Echo).ServeHTTP, which is inlined, is woven",
	"github.com/labstack/echo/v5/middleware": "a part of RecoverWithConfig, which is inlined, is woven",
	"github.com/redis/go-redis/v9":           "methods that are inlined have hooks",
	"gorm.io/gorm":                           "receivers that stayed on the stack are given to hooks",
}

// reasonToShowMore is that of a woven package; "" if there is none.
func reasonToShowMore(path string, isWoven map[string]bool) string {
	for key, reason := range showsMore {
		if named, rule, _ := strings.Cut(key, " "); named == path && (rule == "" || isWoven[key]) {
			return reason
		}
	}
	return ""
}

// ShowsTheSame checks that woven packages have the export data of plain ones, and
// that those that may differ do. isWoven has packages, and packages with a rule
// behind; before and after are the action IDs of the two
// builds, by import path.
func ShowsTheSame(t testing.TB, isWoven map[string]bool, before, after map[string]string) {
	t.Helper()
	for path := range isWoven {
		if before[path] == "" || after[path] == "" {
			continue // package main, or one that only the woven build has
		}
		same := bytes.Equal(exportData(t, before[path]), exportData(t, after[path]))
		switch reason := reasonToShowMore(path, isWoven); {
		case !same && reason == "":
			t.Errorf("woven, %s shows its importers other export data than before", path)
		case same && reason != "":
			t.Errorf("%s is said to show its importers other export data when woven (%s), but doesn't", path, reason)
		}
	}
}
