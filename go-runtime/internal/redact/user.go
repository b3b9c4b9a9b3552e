// SPDX-License-Identifier: Apache-2.0

package redact

import "strings"

// withoutUsers hides what is before the @ of data source names without a scheme:
// user:password@tcp(host)/…, user/password@host.
func withoutUsers(text string) string {
	if strings.IndexByte(text, '@') < 0 {
		return text
	}
	clean := edits{of: text}
	for _, phrase := range []string{"address ", "lookup "} { // of package net, whose quotations may have anything
		hideUserAfter(&clean, phrase)
		text = clean.text()
		clean = edits{of: text}
	}
	for from := 0; ; { // of mysql: a password may have blanks and quotes, so all of the line may be it
		at := strings.IndexByte(text[from:], '@')
		if at < 0 {
			break
		}
		at += from
		from = at + 1
		if isNetwork(text[from:]) {
			line := strings.LastIndexByte(text[:at], '\n') + 1
			if line < clean.kept {
				line = clean.kept
			}
			clean.hide(line, at)
		}
	}
	text = clean.text()
	clean = edits{of: text}
	for from := 0; ; {
		at := strings.IndexByte(text[from:], '@')
		if at < 0 {
			return clean.text()
		}
		at += from
		begin, end := wordBegin(text, at), wordEnd(text, at)
		from = end
		for at = end; at > begin; {
			at = begin + strings.LastIndexByte(text[begin:at], '@')
			if at < begin {
				break
			}
			host := text[at+1 : end]
			if host == "" || !isHostBegin(host[0]) || strings.HasPrefix(host, "sha256:") {
				continue
			}
			if !strings.Contains(text[begin:at], "://") && isUser(text[begin:at], host) {
				clean.hide(begin, at)
			}
			break
		}
	}
}

// hideUserAfter hides what is between a phrase and the last @ of the line, if that is
// a user with a password.
func hideUserAfter(clean *edits, phrase string) {
	for from := 0; ; {
		at := strings.Index(clean.of[from:], phrase)
		if at < 0 {
			return
		}
		from += at + len(phrase)
		line := clean.of[from:]
		if end := strings.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		if end := strings.LastIndexByte(line, '@'); end >= 0 && strings.IndexByte(line[:end], ':') >= 0 {
			clean.hide(from, from+end)
			from += end
		}
	}
}

func isHostBegin(c byte) bool { return isLetter(c) || isDigit(c) || c == '[' || c == '(' || c == '/' }

func wordBegin(text string, at int) int {
	for at > 0 && !isSpace(text[at-1]) && !isQuote(text[at-1]) && text[at-1] != '<' && text[at-1] != '>' {
		at--
	}
	return at
}

func wordEnd(text string, at int) int {
	for at < len(text) && !isSpace(text[at]) && !isQuote(text[at]) && text[at] != '<' && text[at] != '>' {
		at++
	}
	return at
}

func isNetwork(text string) bool {
	for _, network := range []string{"tcp(", "unix(", "udp(", "(", "tcp6("} {
		if strings.HasPrefix(text, network) {
			return true
		}
	}
	return false
}

// isUser reports whether a word in front of an @ is a user with a password. Paths
// of modules have an @ with a version.
func isUser(word, host string) bool {
	if colon := strings.IndexByte(word, ':'); colon >= 0 {
		return colon+1 < len(word) || strings.Count(word, ":") > 1
	}
	isVersion := host[0] == 'v' && len(host) > 1 && isDigit(host[1])
	slash := strings.IndexByte(word, '/')
	return slash > 0 && slash+1 < len(word) && strings.Count(word, "/") == 1 && !isVersion
}
