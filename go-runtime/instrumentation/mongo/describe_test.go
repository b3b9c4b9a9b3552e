// SPDX-License-Identifier: Apache-2.0

package mongo

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

// document makes BSON of elements that text, number and so on have made.
func document(elements ...string) string {
	body := strings.Join(elements, "") + "\x00"
	return string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)+4))) + body
}

func text(name, value string) string {
	return "\x02" + name + "\x00" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(value)+1))) + value + "\x00"
}

func number(name string, value int32) string {
	return "\x10" + name + "\x00" + string(binary.LittleEndian.AppendUint32(nil, uint32(value)))
}

func inner(name string, elements ...string) string {
	return "\x03" + name + "\x00" + document(elements...)
}
func array(name string, elements ...string) string {
	return "\x04" + name + "\x00" + document(elements...)
}

func TestDescribeKeepsStructureOnly(t *testing.T) {
	tests := []struct {
		name, command, collection, text string
		batch                           int
	}{
		{"find", document(text("find", "users"), inner("filter", text("name", "secret"), inner("age", number("$gt", 4711))), number("limit", 1), text("$db", "shop")),
			"users", `{"find":"users","filter":{"name":"?","age":{"$gt":"?"}},"limit":"?"}`, 0},
		{"insert", document(text("insert", "users"), array("documents", inner("0", text("secret", "secret")), inner("1"))),
			"users", `{"insert":"users","documents":"?"}`, 2},
		{"update", document(text("update", "users"), array("updates", inner("0", inner("q", text("a", "secret")), inner("u", text("secret", "secret"))))),
			"users", `{"update":"users","updates":[{"q":{"a":"?"},"u":"?"}]}`, 1},
		{"getMore", document(number("getMore", 1), text("collection", "users")), "users", `{"getMore":"?","collection":"users"}`, 0},
		{"ping", document(text("ping", "secret")), "", `{"ping":"?"}`, 0},
		{"find", document(text("find", "users"), array("in", text("0", "secret"), text("1", "secret"), number("2", 1))), "users", `{"find":"users","in":["?"]}`, 0},
		{"find", "secret", "", "", 0},
		{"find", document(text("find", "users"), "\x63bad\x00secret"), "users", `{"find":"users"}`, 0},
	}
	for _, test := range tests {
		got := describe(test.name, []byte(test.command))
		if got.collection != test.collection || got.text != test.text || got.batch != test.batch {
			t.Errorf("%s: got %+v, want %s", test.name, got, test.text)
		}
	}
	long := document(text("find", "users"), inner("filter", strings.Repeat(inner("a", text("b", "secret")), 10000)))
	if got := describe("find", []byte(long)); len(got.text) > 2*maxText || strings.Contains(got.text, "secret") {
		t.Errorf("%d bytes", len(got.text))
	}
}

func TestFailureTellsCodeOnly(t *testing.T) {
	tests := []struct{ text, kind, code string }{
		{"(DuplicateKey) secret", "11000", "11000"},
		{"(Whatever) secret", "Whatever", ""},
		{"(sec ret) secret", otherFailure, ""},
		{"secret: context deadline exceeded", "context.DeadlineExceeded", ""},
		{"secret", otherFailure, ""},
	}
	for _, test := range tests {
		if f := failureOf(errors.New(test.text)); f.Type != test.kind || f.Code != test.code || strings.Contains(f.Description, "secret") {
			t.Errorf("%s: %+v", test.text, f)
		}
	}
	reply := document(number("n", 0), array("writeErrors", inner("0", number("index", 0), number("code", 11000), text("errmsg", "secret"))))
	if f := failureIn([]byte(reply)); f == nil || f.Code != "11000" {
		t.Errorf("%+v", f)
	}
	if f := failureIn([]byte(document(number("ok", 1)))); f != nil {
		t.Errorf("%+v", f)
	}
}

// What isn't BSON must do no harm.
func FuzzDescribe(f *testing.F) {
	f.Add([]byte(document(text("find", "users"), inner("filter", text("a", "b")), array("documents", inner("0", number("a", 1))))))
	f.Fuzz(func(t *testing.T, command []byte) {
		describe("find", command)
		failureIn(command)
	})
}
