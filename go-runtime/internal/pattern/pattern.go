// SPDX-License-Identifier: Apache-2.0

// Package pattern has the patterns of variables that say what isn't traced.
package pattern

import "strings"

// List is the patterns of a variable, between commas.
func List(text string) (words []string) {
	for _, word := range strings.Split(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// MatchesAny reports whether one of the patterns matches.
func MatchesAny(patterns []string, text string) bool {
	for _, pattern := range patterns {
		if Matches(pattern, text) {
			return true
		}
	}
	return false
}

// Matches compares with a pattern in which each * stands for any text.
func Matches(pattern, text string) bool {
	head, rest, wild := strings.Cut(pattern, "*")
	if !wild {
		return pattern == text
	}
	if !strings.HasPrefix(text, head) {
		return false
	}
	for text = text[len(head):]; ; {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(text, part)
		}
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text, rest = text[at+len(part):], after
	}
}
