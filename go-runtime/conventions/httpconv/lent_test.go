// SPDX-License-Identifier: Apache-2.0

package httpconv

import "testing"

func TestSplitTarget(t *testing.T) {
	for target, want := range map[string][3]string{
		"/a/b?x=1#y":              {"", "/a/b", "x=1"},
		"/a?u=http://b/c":         {"", "/a", "u=http://b/c"},
		"/http://b/c":             {"", "/http://b/c", ""},
		"http://h:1/a?x":          {"h:1", "/a", "x"},
		"http://h?x":              {"h", "/", "x"},
		"https://me:secret@h/a/b": {"me:secret@h", "/a/b", ""},
		"*":                       {"", "*", ""},
		"":                        {"", "/", ""},
		"h:443":                   {"", "h:443", ""},
	} {
		host, path, query := SplitTarget([]byte(target))
		if got := [3]string{string(host), string(path), string(query)}; got != want {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
	}
}

func TestWhatIsCopiedOfALentRequest(t *testing.T) {
	lent := Lent{Method: []byte("GET"), Target: []byte("/a%2Fb?c=d"), Host: []byte("shop.example"), Length: -2, IsTLS: true}
	r := lent.Copy()
	for _, part := range [][]byte{lent.Method, lent.Target, lent.Host} {
		for i := range part {
			part[i] = '#'
		}
	}
	r.Header = nil
	if want := (Request{Method: "GET", Scheme: "https", Authority: "shop.example", Path: "/a/b", RawPath: "/a%2Fb", RawQuery: "c=d", Version: "1.0"}); r != want {
		t.Errorf("%+v, want %+v", r, want)
	}
}
