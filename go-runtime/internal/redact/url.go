// SPDX-License-Identifier: Apache-2.0

package redact

import "strings"

// withoutURLs hides the credentials of URLs: user information, secret values of
// queries and fragments, and what Path hides.
func withoutURLs(text string, depth int) string {
	clean := edits{of: text}
	for from := 0; ; {
		at := strings.Index(text[from:], "://")
		if at < 0 {
			return clean.text()
		}
		at += from
		begin := at + len("://")
		end := urlEnd(text, at, begin)
		clean.replace(begin, end, cleanURL(text[begin:end], depth))
		from = end
	}
}

// urlEnd is where a URL ends whose :// is at at: with the quotation that it is in,
// or with a blank. One in quotes may have any character, as one that can't be
// parsed.
func urlEnd(text string, at, begin int) int {
	start := at
	for start > 0 && (isLetter(text[start-1]) || isDigit(text[start-1]) || strings.IndexByte("+-.", text[start-1]) >= 0) {
		start--
	}
	if start > 0 && isQuote(text[start-1]) {
		depth := 0
		for start-depth > 1 && text[start-depth-2] == '\\' {
			depth++
		}
		return closing(text, begin, text[start-1], depth)
	}
	end := begin + strings.IndexAny(text[begin:], " \t\n\r\"'<>`")
	if end < begin {
		end = len(text)
	}
	// A password with a blank: there is a colon that no port follows, and an @ to come.
	if strings.IndexByte(text[begin:end], '@') < 0 && hasStrangePort(text[begin:end]) {
		line := end + strings.IndexByte(text[end:], '\n')
		if line < end {
			line = len(text)
		}
		if last := strings.LastIndexByte(text[end:line], '@'); last >= 0 {
			for end += last; end < line && strings.IndexByte(" \t\"'<>`", text[end]) < 0; {
				end++
			}
		}
	}
	return end
}

// cleanURL is what follows :// without credentials. A password may have slashes,
// question marks, and more than one @.
func cleanURL(of string, depth int) string {
	rest := of
	if at := strings.LastIndexByte(of, '@'); at >= 0 {
		rest = of[at:]
	} else if hasStrangePort(of) {
		return Mark
	}
	path, query := rest, ""
	if at := strings.IndexAny(rest, "?#"); at >= 0 {
		path, query = rest[:at+1], rest[at+1:]
	}
	if slash := strings.IndexByte(path, '/'); slash >= 0 {
		path = path[:slash] + Path(path[slash:])
	}
	if len(rest) < len(of) {
		path = Mark + path
	}
	return path + queryWithin(query, nil, depth)
}

// hasStrangePort reports whether a colon follows the host, and something else than
// a port that: a user without @, since a # or a / is in the password, or the
// message was cut.
func hasStrangePort(of string) bool {
	if end := strings.IndexAny(of, "/?#,"); end >= 0 {
		of = of[:end]
	}
	if strings.HasPrefix(of, "[") || strings.HasPrefix(of, Mark) {
		return false
	}
	_, port, _ := strings.Cut(strings.TrimRight(of, ".:)]}\\;!"), ":")
	for i := 0; i < len(port); i++ {
		if !isDigit(port[i]) {
			return true
		}
	}
	return false
}
