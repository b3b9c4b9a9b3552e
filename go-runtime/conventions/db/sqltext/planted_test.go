// SPDX-License-Identifier: Apache-2.0

package sqltext

import (
	"math/rand"
	"strings"
	"testing"
)

// How each system writes a value, a name and a comment. encode makes text such
// that it stays within the quotes; this is written from the systems' manuals, not
// from the scanner.
type notation struct {
	open, close string
	encode      func(text string) string
}

func doubling(quote string) func(string) string {
	return func(text string) string { return strings.ReplaceAll(text, quote, quote+quote) }
}

func escaping(quote string) func(string) string {
	return func(text string) string {
		return strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), quote, `\`+quote)
	}
}

func without(marks ...string) func(string) string {
	return func(text string) string {
		for _, mark := range marks {
			text = strings.ReplaceAll(text, mark, "")
		}
		// What is left may end in the beginning of a mark.
		return text + " "
	}
}

var (
	standard = notation{`'`, `'`, doubling(`'`)}
	escaped  = notation{`'`, `'`, escaping(`'`)}
	names    = notation{`"`, `"`, doubling(`"`)}
	backward = notation{"`", "`", doubling("`")}
	block    = notation{"/*", "*/", without("/*", "*/", "!", "M", "+")}
	nesting  = notation{"/*", "/* x */ */", without("/*", "*/")}
	line     = notation{"--", "\n", without("\n", "\r")}
	spacedly = notation{"-- ", "\n", without("\n", "\r")}
	hashed   = notation{"#", "\n", without("\n", "\r")}
)

func prefixed(prefix string, n notation) notation {
	return notation{prefix + n.open, n.close, n.encode}
}

type writer struct{ values, names, comments []notation }

var writers = map[string]writer{
	"postgresql": {
		[]notation{standard, prefixed("E", notation{`'`, `'`, escaping(`'`)}), prefixed("N", standard), prefixed("U&", standard),
			{"$$", "$$", without("$")}, {"$tag$", "$tag$", without("$tag$")}, prefixed("B", standard)},
		[]notation{names}, []notation{block, nesting, line}},
	"mysql": {
		[]notation{escaped, {`'`, `'`, func(text string) string { return doubling(`'`)(strings.ReplaceAll(text, `\`, `\\`)) }},
			{`"`, `"`, escaping(`"`)}, prefixed("_utf8mb4", escaped), prefixed("N", escaped), prefixed("x", escaped)},
		[]notation{backward}, []notation{block, spacedly, hashed, prefixed("a", hashed)}},
	"sqlite": {[]notation{standard, names, prefixed("x", standard)}, []notation{backward, {"[", "]", without("]")}}, []notation{block, line}},
	"microsoft.sql_server": {[]notation{standard, prefixed("N", standard), names}, []notation{{"[", "]", doubling("]")}},
		[]notation{block, nesting, line}},
	"oracle.db": {
		[]notation{standard, prefixed("N", standard), {"q'[", "]'", without("]'")}, {"Nq'{", "}'", without("}'")}, {"Q'<", ">'", without(">'")},
			{"q'(", ")'", without(")'")}, {"q'!", "!'", without("!'")}},
		[]notation{names}, []notation{block, line}},
	"clickhouse": {
		[]notation{escaped, {"$doc$", "$doc$", without("$doc$")}},
		[]notation{{`"`, `"`, escaping(`"`)}, {"`", "`", escaping("`")}}, []notation{block, line, prefixed("", notation{"# ", "\n", without("\n", "\r")})}},
	"gcp.bigquery": {
		[]notation{{`"`, `"`, escaping(`"`)}, escaped, {`'''`, `'''`, escaping(`'`)}, {`"""`, `"""`, escaping(`"`)},
			prefixed("r", notation{`"`, `"`, without(`"`, `\`)}), prefixed("B", notation{`"`, `"`, escaping(`"`)})},
		[]notation{{"`", "`", escaping("`")}}, []notation{block, line, hashed}},
	"snowflake":   {[]notation{escaped, {"$$", "$$", without("$")}}, []notation{names}, []notation{block, line, {"//", "\n", without("\n", "\r")}}},
	"databricks":  {[]notation{escaped, {`"`, `"`, escaping(`"`)}}, []notation{backward}, []notation{block, line}},
	"trino":       {[]notation{standard, prefixed("X", standard)}, []notation{names}, []notation{block, line}},
	"sap.hana":    {[]notation{standard, prefixed("N", standard)}, []notation{names}, []notation{block, line}},
	"firebirdsql": {[]notation{standard, names, {"q'{", "}'", without("}'")}}, nil, []notation{block, line}},
	"ibm.db2":     {[]notation{standard, prefixed("GX", standard)}, []notation{names}, []notation{block, nesting, line}},
	"duckdb":      {[]notation{standard, prefixed("E", escaped), {"$$", "$$", without("$")}}, []notation{names}, []notation{block, line}},
}

// What makes it hard: every mark that means something somewhere.
var marks = []string{`'`, `"`, "`", `\`, `[`, `]`, `$`, `$$`, `$tag$`, `#`, `--`, `/*`, `*/`, `;`, `(`, `)`, `{`, `}`, `!`, ` `, "\n", "\r", "q'[", `E'`, `N'`,
	`''`, `""`, `x`, `=`, ` FROM `, `SET `, `“`, `é`, "\xff", "]'", "}'", `\'`, `\"`, "'''", `"""`, `0`, `.`, `:`, `@`, `/*!`, `//`}

var keywords = []string{"SELECT", "FROM", "WHERE", "a", "t.b", "=", ",", "(", ")", "INSERT INTO", "VALUES", "?", "$1", "@p1", ":n", "1.5", "-", "+", "UPDATE", "JOIN", "AS", "IN", "LIKE"}

type choices struct{ data []byte }

func (c *choices) of(n int) int {
	if len(c.data) == 0 {
		return 0
	}
	chosen := int(c.data[0]) % n
	c.data = c.data[1:]
	return chosen
}

// content is text of marks, with the value in it.
func (c *choices) content(value string) string {
	var b strings.Builder
	for n := c.of(5); n > 0; n-- {
		b.WriteString(marks[c.of(len(marks))])
	}
	b.WriteString(value)
	for n := c.of(5); n > 0; n-- {
		b.WriteString(marks[c.of(len(marks))])
	}
	return b.String()
}

const planted = "Planted77"

// statement writes one for a system, with planted values.
func statement(w writer, c *choices) string {
	var b strings.Builder
	table := false
	for n := 2 + c.of(12); n > 0; n-- {
		var from []notation
		value := planted
		switch c.of(5) {
		case 0, 1:
			from = w.values
		case 2:
			from, value = w.names, "n"
		case 3:
			from = w.comments
		}
		if len(from) == 0 {
			keyword := keywords[c.of(len(keywords))]
			b.WriteString(keyword + " ")
			table = keyword == "FROM" || keyword == "JOIN" || keyword == "UPDATE" || keyword == "INSERT INTO"
			continue
		}
		n := from[c.of(len(from))]
		if table && n.open == `"` { // a table, where "…" is one at all
			b.WriteString("= ")
		}
		table = table && (n.close == "\n" || strings.HasPrefix(n.open, "/*"))
		content := n.encode(c.content(value))
		if n.open == "/*" {
			content = " " + content
		}
		b.WriteString(n.open + content + n.close)
		if c.of(3) > 0 || n.close == "\n" {
			b.WriteString(" ")
		} else {
			b.WriteString(",")
		}
	}
	return b.String()
}

// No value survives, whatever surrounds it, and whether or not the system is known.
func FuzzNoPlantedValueSurvives(f *testing.F) {
	systems := make([]string, 0, len(writers))
	for system := range dialects {
		if _, has := writers[system]; has {
			systems = append(systems, system)
		}
	}
	sorted(systems)
	random := rand.New(rand.NewSource(1))
	for i := range systems {
		for n := 0; n < 150; n++ {
			data := make([]byte, 20+random.Intn(100))
			random.Read(data)
			f.Add(uint8(i), data)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		system := systems[int(which)%len(systems)]
		query := statement(writers[system], &choices{data})
		for _, reader := range []string{system, "other_sql"} {
			if told := everything(describe(reader, query)); strings.Contains(strings.ToLower(told), "planted") {
				t.Errorf("%s, read as %s: %q\ntells %q", system, reader, query, told)
			}
		}
	})
}

func sorted(list []string) {
	for i := range list {
		for j := i; j > 0 && list[j] < list[j-1]; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}
