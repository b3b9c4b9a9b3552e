// SPDX-License-Identifier: Apache-2.0

// Package printed makes log records of what the program's logging library has
// printed: after the program's own handlers, encoders and formatters have masked,
// dropped and added what they do. What isn't known to have been printed isn't
// exported.
package printed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Field is a key with its value. A key in groups is "group.key".
type Field struct {
	Key   string
	Value any
}

const deepest = 8 // groups

// JSON takes an object apart that a line begins with, in the order of its keys.
func JSON(line []byte) (fields []Field, ok bool) {
	return object(nil, "", bytes.TrimSpace(line), 0)
}

func object(to []Field, prefix string, text []byte, depth int) ([]Field, bool) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		return nil, false
	}
	for d.More() {
		token, err := d.Token()
		key, isText := token.(string)
		var value json.RawMessage
		if err != nil || !isText || d.Decode(&value) != nil {
			return nil, false
		}
		if len(value) > 2 && value[0] == '{' && depth < deepest {
			inner, ok := object(to, prefix+key+".", value, depth+1)
			if !ok {
				return nil, false
			}
			to = inner
			continue
		}
		to = append(to, Field{prefix + key, scalar(value)})
	}
	_, err := d.Token()
	return to, err == nil
}

// scalar is a value of JSON; a list is its text.
func scalar(text json.RawMessage) any {
	if n, err := strconv.ParseInt(string(text), 10, 64); err == nil {
		return n
	}
	switch text[0] {
	case '"':
		var s string
		if json.Unmarshal(text, &s) == nil {
			return s
		}
	case 't':
		return true
	case 'f':
		return false
	case 'n':
		return nil
	case '[', '{':
	default:
		if n, err := strconv.ParseFloat(string(text), 64); err == nil {
			return n
		}
	}
	return string(text)
}

// Text takes key=value pairs apart, with keys and values in Go's quotes where
// they have to be. false for anything else.
func Text(line string) (fields []Field, ok bool) {
	for line = strings.Trim(line, " \r\n"); line != ""; line = strings.TrimLeft(line, " ") {
		key, rest, ok := textUntil(line, '=')
		if !ok || !strings.HasPrefix(rest, "=") {
			return nil, false
		}
		value, rest, ok := textUntil(rest[1:], ' ')
		if !ok || rest != "" && rest[0] != ' ' {
			return nil, false
		}
		fields = append(fields, Field{key, value})
		line = rest
	}
	return fields, true
}

func textUntil(text string, end byte) (value, rest string, ok bool) {
	if strings.HasPrefix(text, `"`) {
		quoted, err := strconv.QuotedPrefix(text)
		if err != nil {
			return "", "", false
		}
		value, err = strconv.Unquote(quoted)
		return value, text[len(quoted):], err == nil
	}
	at := strings.IndexByte(text, end)
	if at < 0 {
		return text, "", end == ' '
	}
	return text[:at], text[at:], !strings.ContainsAny(text[:at], "\"\n")
}

// Trailing is JSON for an object that stands behind the words of a line.
func Trailing(line []byte, separator string) []Field {
	for from := 0; ; {
		at := bytes.Index(line[from:], []byte(separator+"{"))
		if at < 0 {
			return nil
		}
		from += at + len(separator)
		if fields, ok := JSON(line[from:]); ok {
			return fields
		}
	}
}

// Retype gives values the types that the program's record has, where they are
// printed as it has them.
func Retype(fields []Field, made func(yield func(key string, value any))) {
	known := map[string]any{}
	made(func(key string, value any) { known[key] = value })
	for i, f := range fields {
		if value, is := known[f.Key]; is && fmt.Sprint(f.Value) == fmt.Sprint(value) {
			fields[i].Value = value
		}
	}
}
