// SPDX-License-Identifier: Apache-2.0

package yaml

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// show writes a node as JSON, all scalars as text.
func show(n *Node) string {
	var parts []string
	switch n.Kind {
	case Null:
		return "null"
	case Scalar:
		return strconv.Quote(n.Text)
	case Sequence:
		for _, item := range n.Items {
			parts = append(parts, show(item))
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	for _, entry := range n.Entries {
		parts = append(parts, strconv.Quote(entry.Key)+":"+show(entry.Value))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func TestParse(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "null"},
		{"# nothing\n---\n", "null"},
		{"a", `"a"`},
		{"a: 1\nb: two words # comment\nc:\nd: ~\ne: null\nf: ''\n", `{"a":"1","b":"two words","c":null,"d":null,"e":null,"f":""}`},
		{"a:\n  b:\n    c: 1\n  d: 2\ne: 3", `{"a":{"b":{"c":"1"},"d":"2"},"e":"3"}`},
		{"- a\n- b: 1\n  c: 2\n-\n  d: 3\n- - x\n  - y\n-\n", `["a",{"b":"1","c":"2"},{"d":"3"},["x","y"],null]`},
		{"a:\n- 1\n- 2\nb:\n  - 3\n", `{"a":["1","2"],"b":["3"]}`},
		{"- # comment\n  a:\n    # comment\n    b: 1\n- c:\n", `[{"a":{"b":"1"}},{"c":null}]`},
		{"a: {b: 1, \"c\": [x, 'y z', ], d: {}, e}\n", `{"a":{"b":"1","c":["x","y z"],"d":{},"e":null}}`},
		{"a: [1,\n  2, # two\n  3]\nb: 1", `{"a":["1","2","3"],"b":"1"}`},
		{`{"a": {"b": [true, null, 1.5e3, "\u00e9\n\"\\"]}}`, `{"a":{"b":["true",null,"1.5e3","é\n\"\\"]}}`},
		{"a: 'it''s # no comment'\nb: \"x: y\"\nc: http://localhost:4317/x#y\n", `{"a":"it's # no comment","b":"x: y","c":"http://localhost:4317/x#y"}`},
		{"a: |\n  one\n    two\n\n  three\n\nb: >-\n  folded\n  text\nc: 1\n", `{"a":"one\n  two\n\nthree\n","b":"folded text","c":"1"}`},
		{"prometheus/development:\n  host: ${HOST:-localhost}\nx: [${A}, ${B:-}]\n", `{"prometheus/development":{"host":"${HOST:-localhost}"},"x":["${A}","${B:-}"]}`},
		{"\"quoted key\": 1\r\n'a: b': 2\r\n", `{"quoted key":"1","a: b":"2"}`},
		{"a: 1\n...\n", `{"a":"1"}`},
		{"a: -1\nb: -\nc: a - b\n", ""},
	} {
		n, err := Parse(test.text)
		if test.want == "" {
			if err == nil {
				t.Errorf("%q: %s", test.text, show(n))
			}
			continue
		}
		if err != nil || show(n) != test.want {
			t.Errorf("%q: %v %v, want %s", test.text, err, n, test.want)
		}
	}
}

func TestMistakesHaveTheirPlace(t *testing.T) {
	for text, want := range map[string]string{
		"a: 1\n  b: 2\n":         "2:3: not expected here; is the indentation right, or a colon missing?",
		"a: 1\nb\n":              "2:1: not expected here; is the indentation right, or a colon missing?",
		"a: b: c\n":              "1:5: a second colon; a text that has one must be quoted",
		"a: 1\na: 2\n":           "2:1: the key \"a\" is there twice",
		"a: {b: 1, b: 2}\n":      "1:11: the key \"b\" is there twice",
		"a: [1, 2\n":             "1:4: this isn't closed",
		"a: {b: 1 2: 3}\n":       "1:11: a comma or } is missing",
		"a: \"x\n":               "1:4: the quote isn't closed on this line",
		"a: \"x\" y\n":           "1:8: not expected after a value",
		"a: &x 1\n":              "1:4: anchors aren't supported",
		"a: *x\n":                "1:4: aliases aren't supported",
		"a: !!str 1\n":           "1:4: tags aren't supported",
		"%YAML 1.2\n":            "1:1: directives aren't supported",
		"\ta: 1\n":               "1:1: a tab can't indent",
		"a: @b\n":                "1:4: a text that begins with @ must be quoted",
		"a: \"\\q\"\n":           "1:5: unknown escape sequence",
		"a: 1\n---\nb: 2\n":      "2:1: not expected here; is the indentation right, or a colon missing?",
		"- a\nb: 1\n":            "2:1: not expected here",
		"a: - b\n":               "1:4: a sequence begins on a line of its own",
		"a: {: 1}\n":             "1:5: a key is missing",
		strings.Repeat("[", 200): "1:100: nested more than 100 deep",
	} {
		_, err := Parse(text)
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// JSON is YAML.
func FuzzParse(f *testing.F) {
	f.Add("a: [1, {b: c}]\n- x")
	f.Add(`{"a": ["b", null]}`)
	f.Fuzz(func(t *testing.T, text string) {
		n, err := Parse(text)
		var value any
		if err == nil && json.Unmarshal([]byte(text), &value) == nil && n.Kind == Mapping != (fmt.Sprintf("%T", value) == "map[string]interface {}") {
			t.Errorf("%q: %s", text, show(n))
		}
	})
}
