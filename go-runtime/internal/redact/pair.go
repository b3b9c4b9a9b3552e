// SPDX-License-Identifier: Apache-2.0

package redact

import "strings"

// withoutPairs hides the values of secret names in the notations of queries, data
// source names (libpq's, ADO's, ODBC's), headers, JSON, YAML, environments and
// flags: name=value, name: value, "name": "value", name='a b', name={a;b}.
func withoutPairs(text string) string {
	clean := edits{of: text}
	for i := 0; i < len(text); i++ {
		if text[i] != '=' && text[i] != ':' || i < clean.kept {
			continue
		}
		begin, end := nameBefore(text, i)
		if begin == end || !isNamedSecret(text, begin, end) {
			continue
		}
		begin, end = valueAfter(text, begin, i)
		if begin < end {
			clean.hide(begin, end)
			i = end - 1
		}
	}
	return clean.text()
}

func isNameByte(c byte) bool {
	return isLetter(c) || isDigit(c) || strings.IndexByte("_-.[]$%", c) >= 0
}

// nameBefore is the name that a separator follows, maybe in quotes and after
// blanks.
func nameBefore(text string, at int) (begin, end int) {
	end = at
	if end > 0 && text[at] == '=' && text[end-1] == ':' { // :=
		end--
	}
	for end > 0 && (text[end-1] == ' ' || text[end-1] == '\t') {
		end--
	}
	if end > 0 && isQuote(text[end-1]) {
		for end--; end > 0 && text[end-1] == '\\'; {
			end--
		}
	}
	begin = end
	for begin > 0 && isNameByte(text[begin-1]) {
		begin--
	}
	return begin, end
}

// isNamedSecret reports whether text[begin:end] is the name of a credential: in a
// query also key and code, elsewhere also "access key".
func isNamedSecret(text string, begin, end int) bool {
	name := text[begin:end]
	inQuery := begin > 0 && (text[begin-1] == '?' || text[begin-1] == '&')
	if strings.IndexByte(name, '%') >= 0 {
		name = unescaped(name)
	}
	if isSecret(name, inQuery) {
		return true
	}
	if !strings.EqualFold(name, "key") || begin == 0 || text[begin-1] != ' ' {
		return false
	}
	word := begin - 1
	for word > 0 && isNameByte(text[word-1]) {
		word--
	}
	return isSecret(text[word:end], false)
}

// valueAfter is where the value of a name is, which is at name and has its
// separator at at. Empty if what follows is prose.
func valueAfter(text string, name, at int) (begin, end int) {
	separator := text[at]
	begin = at + 1
	if begin < len(text) && text[begin] == ':' { // a::b
		return at, at
	}
	if separator == '=' && begin < len(text) && (text[begin] == '=' || text[begin] == '>') {
		begin++
	}
	spaced := begin
	for begin < len(text) && (text[begin] == ' ' || text[begin] == '\t') {
		begin++
	}
	spaced = begin - spaced
	if begin == len(text) || isMarked(text[begin:]) {
		return begin, begin
	}
	depth, isQuoted := quoteAt(text, begin)
	switch {
	case isQuoted && depth == 0 && endsQuotation(text, name, text[begin]):
		return begin, begin
	case isQuoted && depth == 0 && strings.HasSuffix(strings.TrimRight(text[:name], " \t"), ";"):
		return begin + 1, adoEnd(text, begin+1, text[begin])
	case isQuoted:
		return begin + depth + 1, closing(text, begin+depth+1, text[begin+depth], depth)
	case text[begin] == '{' && separator == '=':
		return begin, braceEnd(text, begin)
	case text[begin] == '[' || text[begin] == '{':
		return begin, bracketEnd(text, begin)
	case separator == '=':
		return begin, assignedEnd(text, name, begin)
	}
	return begin, toldEnd(text, name, begin, spaced > 0)
}

// isMarked reports whether a value has been replaced already.
func isMarked(text string) bool {
	return strings.HasPrefix(text, Mark) && (len(text) == len(Mark) || !isLetter(text[len(Mark)]) && !isDigit(text[len(Mark)]))
}

// adoEnd is where a quoted value of ADO ends, in which quotes are doubled and
// backslashes mean nothing: "a;""b\".
func adoEnd(text string, begin int, quote byte) int {
	for i := begin; i < len(text); i++ {
		if text[i] != quote {
			continue
		}
		if i+1 == len(text) || text[i+1] != quote {
			return i
		}
		i++
	}
	return len(text)
}

// endsQuotation reports whether a quote behind a separator is the end of the one
// that the name is in: "password=".
func endsQuotation(text string, name int, quote byte) bool {
	line := strings.LastIndexByte(text[:name], '\n') + 1
	return strings.Count(text[line:name], string(quote))%2 == 1 && name > 0 && text[name-1] != quote
}

// braceEnd is where a value of ODBC ends: {a;}}b}.
func braceEnd(text string, begin int) int {
	for i := begin + 1; i < len(text); i++ {
		if text[i] == '}' {
			if i+1 < len(text) && text[i+1] == '}' {
				i++
				continue
			}
			return i + 1
		}
	}
	return len(text)
}

// bracketEnd is where a list or a document ends.
func bracketEnd(text string, begin int) int {
	depth := 0
	for i := begin; i < len(text); i++ {
		switch text[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'':
			i = closing(text, i+1, text[i], 0)
		}
	}
	return len(text)
}

// assignedEnd is where the unquoted value of name=value ends: with a blank that has
// no backslash before it, but with the semicolon where pairs are joined by these;
// in a query with &.
func assignedEnd(text string, name, begin int) int {
	before := strings.TrimRight(text[:name], " \t")
	inQuery := strings.HasSuffix(before, "&") || strings.HasSuffix(before, "?")
	joined := strings.HasSuffix(before, ";")
	end := begin
	for ; end < len(text); end++ {
		c := text[end]
		switch {
		case c == '\n' || c == ';' && (joined || inQuery) || c == '&' && inQuery:
			return end
		case isQuote(c) && (end == begin || text[end-1] != '\\') && !isWithin(text, end):
			return end
		case isSpace(c) && text[end-1] != '\\' && !joined:
			// Up to a semicolon, unless another pair comes before it.
			line := end + strings.IndexAny(text[end:], "\n\"`")
			if line < end {
				line = len(text)
			}
			rest := text[end:line]
			if semicolon := strings.IndexByte(rest, ';'); semicolon >= 0 && strings.IndexByte(rest[:semicolon], '=') < 0 {
				return end + semicolon
			}
			return end
		}
	}
	return end
}

// fieldEnd is where the value of a field ends that package fmt has printed, as in
// {User:x Password:a b} and map[password:a b]: before the next field, or with the
// struct. end is where it does if it isn't one.
func fieldEnd(text string, begin, end int) int {
	line := strings.LastIndexByte(text[:begin], '\n') + 1
	if !strings.ContainsAny(text[line:begin], "{[") {
		return end
	}
	last := end
	for i := end; i < len(text) && text[i] != '\n'; i++ {
		switch {
		case text[i] == '}' || text[i] == ']':
			last = i
		case text[i] == ' ' && isField(text[i+1:]):
			return i
		}
	}
	return last
}

// isField reports whether a text begins with a name, a colon and a value.
func isField(text string) bool {
	colon := 0
	for colon < len(text) && (isLetter(text[colon]) || isDigit(text[colon]) || text[colon] == '_') {
		colon++
	}
	return colon > 0 && colon+1 < len(text) && text[colon] == ':' && text[colon+1] != ' '
}

// isWithin reports whether a quote is part of a value: letters are on both sides.
func isWithin(text string, at int) bool {
	return at > 0 && at+1 < len(text) && (isLetter(text[at-1]) || isDigit(text[at-1])) && (isLetter(text[at+1]) || isDigit(text[at+1]))
}

// toldEnd is where the unquoted value of "name: value" ends. An error's text has
// its reason behind a colon ("get token: connection refused"), so a value is what
// isn't a plain word, or what follows a password's name that begins a line or an
// entry.
func toldEnd(text string, name, begin int, spaced bool) int {
	end := begin
	for end < len(text) && !isSpace(text[end]) && (strings.IndexByte(",;\"'`)]}&", text[end]) < 0 || isQuote(text[end]) && isWithin(text, end)) {
		end++
	}
	value := text[begin:end]
	if value == "" {
		return begin
	}
	label := text[name:]
	if !spaced {
		if isPort(value) && (strings.ContainsAny(label[:begin-name-1], "-.") || name > 0 && text[name-1] == '/') {
			return begin
		}
		if strings.HasPrefix(value, "//") {
			return begin
		}
		return fieldEnd(text, begin, end)
	}
	before := strings.TrimRight(text[:name], " \t-")
	isEntry := before == "" || before[len(before)-1] == '\n' || strings.HasSuffix(before, `\n`) || strings.IndexByte("{[(,;\"'", text[name-1]) >= 0 || strings.HasSuffix(text[:name], ": ")
	if isEntry && isHeaderName(label) {
		return lineEnd(text, begin)
	}
	switch {
	case isEntry && (value[0] == '|' || value[0] == '>'):
		if end < len(text) && text[end] != '\n' || strings.IndexByte(value, '\\') > 0 { // in a quotation
			return lineEnd(text, begin)
		}
		return blockEnd(text, name, end)
	case isEntry && isPasswordName(label):
		return entryEnd(text, begin)
	case isPlainWord(value):
		return begin
	case isScheme(value):
		return lineEnd(text, begin)
	}
	return end
}

// isPort reports whether a value begins as a port with nothing or a path behind it.
func isPort(value string) bool {
	n := 0
	for n < len(value) && isDigit(value[n]) {
		n++
	}
	return n >= 2 && n <= 5 && (n == len(value) || value[n] == '/' || value[n] == ':')
}

// isPlainWord reports whether a value is a word of prose.
func isPlainWord(value string) bool {
	value = strings.TrimRight(value, ".:!?")
	if value == "i/o" {
		return true
	}
	for i := 0; i < len(value); i++ {
		if value[i] < 'a' || value[i] > 'z' {
			return i > 0 && value[i] == '\'' || i == 0 && isLetter(value[0]) && len(value) > 1 && isPlainWord(value[1:])
		}
	}
	return true
}

func isScheme(value string) bool {
	return strings.EqualFold(value, "Bearer") || strings.EqualFold(value, "Basic") || strings.EqualFold(value, "Digest")
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// isHeaderName reports whether a line begins with a header whose whole value counts.
func isHeaderName(label string) bool {
	for _, name := range []string{"Authorization:", "Proxy-Authorization:", "Cookie:", "Set-Cookie:"} {
		if hasPrefixFold(label, name) {
			return true
		}
	}
	return false
}

func isPasswordName(label string) bool {
	label, _, _ = strings.Cut(label, ":")
	label = strings.ToLower(label)
	return strings.Contains(label, "pass") || strings.Contains(label, "pwd") || strings.Contains(label, "secret")
}

// lineEnd is the end of the line, or of the quotation on it that the value is in.
func lineEnd(text string, begin int) int { return endOnLine(text, begin, "") }

// entryEnd is that, or the end of the list or document on it.
func entryEnd(text string, begin int) int {
	line := text[strings.LastIndexByte(text[:begin], '\n')+1 : begin]
	if strings.ContainsAny(line, "{[(") {
		return endOnLine(text, begin, ",;)]}")
	}
	return endOnLine(text, begin, "")
}

func endOnLine(text string, begin int, closes string) int {
	line := text[strings.LastIndexByte(text[:begin], '\n')+1 : begin]
	for end := begin; end < len(text); end++ {
		c := text[end]
		switch {
		case c == '\n' || c == '\r' || strings.IndexByte(closes, c) >= 0:
			return end
		case isQuote(c) && strings.IndexByte(line, c) >= 0 && !isWithin(text, end) && (end == begin || text[end-1] != '\\'):
			return end
		}
	}
	return len(text)
}

// blockEnd is where a block of YAML ends: at the next line that isn't further in
// than that of its name.
func blockEnd(text string, name, at int) int {
	line := strings.LastIndexByte(text[:name], '\n') + 1
	indent := name - line - len(strings.TrimLeft(text[line:name], " "))
	for {
		line := strings.IndexByte(text[at:], '\n')
		if line < 0 {
			return len(text)
		}
		at += line + 1
		in := 0
		for at+in < len(text) && text[at+in] == ' ' {
			in++
		}
		if at+in < len(text) && text[at+in] != '\n' && in <= indent {
			return at - 1
		}
	}
}
