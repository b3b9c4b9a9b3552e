// SPDX-License-Identifier: Apache-2.0

package conventions

import (
	"fmt"
	"strings"

	"otel.runtime/internal/environ"
	"otel.runtime/internal/near"
	"otel.runtime/internal/setting"
)

// OptIn is the variable by which programs move from the names of conventions
// that weren't stable yet to those that are. The names here have been the new ones
// from the first release, so what counts of it is "…/dup".
//
// https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/
const OptIn = "OTEL_SEMCONV_STABILITY_OPT_IN"

// categories are those of the conventions, each with whether its old names are
// there, beside the new ones, with "/dup".
var categories = map[string]bool{"rpc": true, "http": false, "database": false, "messaging": false, "code": false, "k8s": false, "gen_ai_latest_experimental": false}

// Duplicates reports whether the names of a category's old conventions are
// emitted too. To be asked once, at start.
func Duplicates(category string) bool {
	for _, word := range words(environ.Get(OptIn)) {
		if word == category+"/dup" {
			return true
		}
	}
	return false
}

// CheckOptIn reports words that have no effect, and those that are unknown.
func CheckOptIn(list string, report func(string)) {
	for _, word := range words(list) {
		category, doubled := strings.CutSuffix(word, "/dup")
		old, known := categories[category]
		switch {
		case !known:
			report(fmt.Sprintf("%s: unknown category %s; it is not used%s", OptIn, setting.Quote(word), near.Hint(category, near.Keys(categories))))
		case doubled && !old:
			report(fmt.Sprintf("%s: %s has no effect: only the new names of %s are emitted, and %q is the one category with both", OptIn, setting.Quote(word), category, "rpc/dup"))
		}
	}
}

func words(list string) (all []string) {
	for _, word := range strings.Split(list, ",") {
		if word = strings.ToLower(strings.TrimSpace(word)); word != "" {
			all = append(all, word)
		}
	}
	return all
}
