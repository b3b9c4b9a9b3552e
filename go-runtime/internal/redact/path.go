// SPDX-License-Identifier: Apache-2.0

package redact

import "strings"

// longID is how long a segment is, with a digit in it, that can be a credential
// because of the segment before it.
const longID = 12

// Path is the path of a URL without the credentials that their place or form gives
// away: parameters of a segment (/a;token=…), tokens of known forms
// (/bot123:…/send), and a long segment behind one that is named like a credential
// (/reset-password/…). Any other segment may be a secret too, and stays.
func Path(path string) string {
	clean := edits{of: path}
	isNamed := false // the segment before is
	for start := 0; start <= len(path); {
		end := start + strings.IndexByte(path[start:], '/')
		if end < start {
			end = len(path)
		}
		segment := path[start:end]
		if isNamed && len(segment) >= longID && strings.ContainsAny(segment, "0123456789") {
			clean.hide(start, end)
		} else {
			hideParameters(&clean, start, end)
		}
		isNamed = len(segment) > 2 && isSecret(segment, false)
		start = end + 1
	}
	return withoutForms(clean.text())
}

func hideParameters(clean *edits, start, end int) {
	for at := start; ; {
		semicolon := strings.IndexByte(clean.of[at:end], ';')
		if semicolon < 0 {
			return
		}
		at += semicolon + 1
		until := end
		if next := strings.IndexByte(clean.of[at:end], ';'); next >= 0 {
			until = at + next
		}
		if name, value, _ := strings.Cut(clean.of[at:until], "="); value != "" && IsSecret(unescaped(name)) {
			clean.hide(until-len(value), until)
		}
		at = until
	}
}
