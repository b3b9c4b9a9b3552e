// SPDX-License-Identifier: Apache-2.0

package mongo

import (
	"strconv"
	"strings"
)

// description is what may be told of a command.
type description struct {
	collection string
	text       string // the command as JSON, with "?" for each value
	batch      int    // documents, updates or deletes in it
}

const (
	maxText  = 2048
	maxDepth = 8
)

// forCollections are commands whose own value is the name of a collection.
var forCollections = set(`find insert update delete aggregate findAndModify findandmodify count distinct create drop
	createIndexes dropIndexes listIndexes mapReduce collMod collStats compact validate explain createSearchIndexes
	dropSearchIndex updateSearchIndex bulkWrite`)

// hidden are fields that hold documents of the program's, whose keys may be
// values too.
var hidden = set(`documents u update new cursors ids lsid $clusterTime`)

// left are fields that the driver adds.
var left = set(`lsid $clusterTime $db $readPreference txnNumber startTransaction autocommit apiVersion`)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(words) {
		all[word] = true
	}
	return all
}

func describe(name string, command []byte) (d description) {
	var out strings.Builder
	out.WriteByte('{')
	first := true
	elements(command, func(e element) bool {
		if first {
			if e.name == name && forCollections[name] {
				d.collection = e.text()
			}
		} else if name == "getMore" && e.name == "collection" {
			d.collection = e.text()
		}
		if e.kind == kindArray && (e.name == "documents" || e.name == "updates" || e.name == "deletes") {
			elements(e.value, func(element) bool { d.batch++; return true })
		}
		if left[e.name] {
			return true
		}
		if out.Len() > maxText {
			out.WriteString(`,…`)
			return false
		}
		if !first {
			out.WriteByte(',')
		}
		out.WriteString(strconv.Quote(e.name) + ":")
		if e.kind == kindString && d.collection != "" && (first || e.name == "collection") {
			out.WriteString(strconv.Quote(d.collection))
		} else {
			writeValue(&out, e, 1)
		}
		first = false
		return true
	})
	out.WriteByte('}')
	if !first {
		d.text = strings.ToValidUTF8(out.String(), "\uFFFD")
	}
	return d
}

// writeValue writes documents and arrays with ? for what is in them.
func writeValue(out *strings.Builder, e element, depth int) {
	if e.kind != kindDocument && e.kind != kindArray || hidden[e.name] || depth > maxDepth {
		out.WriteString(`"?"`)
		return
	}
	brackets := "{}"
	if e.kind == kindArray {
		brackets = "[]"
	}
	out.WriteByte(brackets[0])
	n, previous := 0, ""
	elements(e.value, func(inner element) bool {
		if out.Len() > maxText {
			out.WriteString(",…")
			return false
		}
		var value strings.Builder
		if e.kind == kindDocument {
			value.WriteString(strconv.Quote(inner.name) + ":")
		}
		writeValue(&value, inner, depth+1)
		if e.kind == kindArray && value.String() == previous {
			return true // one of equal values is enough
		}
		previous = value.String()
		if n++; n > 1 {
			out.WriteByte(',')
		}
		out.WriteString(previous)
		return true
	})
	out.WriteByte(brackets[1])
}
