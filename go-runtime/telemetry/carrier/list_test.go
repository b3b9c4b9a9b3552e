// SPDX-License-Identifier: Apache-2.0

package carrier

import (
	"reflect"
	"testing"
)

type header struct {
	key   string
	value []byte
}

func TestListReplaces(t *testing.T) {
	program := []header{{"a", []byte("1")}, {"Traceparent", []byte("old")}, {"TRACEPARENT", []byte("older")}, {"b", nil}}
	shared := program[:3]
	of := shared
	list := List[header]{
		Of:    &of,
		Key:   func(h header) string { return h.key },
		Value: func(h header) string { return string(h.value) },
		New:   func(key, value string) header { return header{key, []byte(value)} },
	}
	if list.Get("traceparent") != "old" || list.Get("tracestate") != "" {
		t.Error("what it has")
	}
	list.Set("traceparent", "new")
	if want := []header{{"a", []byte("1")}, {"traceparent", []byte("new")}}; !reflect.DeepEqual(of, want) {
		t.Errorf("%q", of)
	}
	if string(program[1].value) != "old" || program[3].key != "b" {
		t.Errorf("the program's list: %q", program)
	}
	if !reflect.DeepEqual(list.Keys(), []string{"a", "traceparent"}) {
		t.Error(list.Keys())
	}
}

func TestMapReplaces(t *testing.T) {
	program := map[string]any{"a": 1, "Traceparent": "old"}
	headers := &Map[any]{Of: program, Text: func(value any) string { text, _ := value.(string); return text }, Value: func(text string) any { return text }}
	if headers.Get("traceparent") != "old" || headers.Get("a") != "" || headers.Get("b") != "" {
		t.Error("what it has")
	}
	headers.Set("traceparent", "new")
	headers.Set("tracestate", "x=y")
	if want := map[string]any{"a": 1, "traceparent": "new", "tracestate": "x=y"}; !reflect.DeepEqual(headers.Of, want) || len(headers.Keys()) != 3 {
		t.Error(headers.Of)
	}
	if len(program) != 2 || program["Traceparent"] != "old" {
		t.Errorf("the program's map: %v", program)
	}
	none := Strings(nil)
	none.Set("baggage", "a=b")
	if none.Get("Baggage") != "a=b" {
		t.Error(none.Of)
	}
}

func TestAnyCase(t *testing.T) {
	headers := AnyCase{"TraceParent": {"a"}, "baggage": {"b", "c"}, "empty": nil}
	if headers.Get("traceparent") != "a" || headers.Get("baggage") != "b" || headers.Get("empty") != "" || headers.Get("none") != "" || len(headers.Keys()) != 3 {
		t.Error(headers)
	}
}
