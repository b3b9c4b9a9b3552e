// SPDX-License-Identifier: Apache-2.0

// Package near finds the name that was meant.
package near

import (
	"fmt"
	"sort"
)

// Name is the one of known that is nearest to name, or "" if none is near.
func Name(name string, known []string) string {
	best, least := "", len(name)/2+1
	for _, candidate := range known {
		if d := Distance(name, candidate); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// Hint ends a line about an unknown name: `; did you mean "…"?`, or nothing.
func Hint(name string, known []string) string {
	if found := Name(name, known); found != "" {
		return fmt.Sprintf("; did you mean %q?", found)
	}
	return ""
}

// Keys are those of a map, in order.
func Keys[V any](of map[string]V) []string {
	all := make([]string, 0, len(of))
	for key := range of {
		all = append(all, key)
	}
	sort.Strings(all)
	return all
}

// Distance is how many letters have to be added, left out or changed.
func Distance(a, b string) int {
	if a == b {
		return 0
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			least := diagonal
			if a[i-1] != b[j-1] {
				least++
			}
			if row[j]+1 < least {
				least = row[j] + 1
			}
			if row[j-1]+1 < least {
				least = row[j-1] + 1
			}
			diagonal, row[j] = row[j], least
		}
	}
	return row[len(b)]
}
