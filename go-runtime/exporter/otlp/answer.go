// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"encoding/json"
	"strings"
	"unicode"

	"otel.runtime/exporter/otlp/wire"
)

// readAnswer reads the partial success of an Export…ServiceResponse, alike for all signals. A
// response that can't be read says nothing against the request.
func readAnswer(response []byte) answer {
	var a answer
	for r := wire.NewReader(response); r.Next(); {
		if r.Field() != 1 {
			continue
		}
		for p := wire.NewReader(r.Bytes()); p.Next(); {
			switch p.Field() {
			case 1:
				a.rejected = int64(p.Uint())
			case 2:
				a.message = oneLine(p.Text())
			}
		}
	}
	return a
}

// readJSONAnswer is readAnswer for JSON.
func readJSONAnswer(response []byte) answer {
	var all struct {
		PartialSuccess struct {
			RejectedSpans, RejectedDataPoints, RejectedLogRecords, RejectedProfiles json.Number
			ErrorMessage                                                            string
		}
	}
	if json.Unmarshal(response, &all) != nil {
		return answer{}
	}
	a := answer{message: oneLine(all.PartialSuccess.ErrorMessage)}
	for _, n := range []json.Number{all.PartialSuccess.RejectedSpans, all.PartialSuccess.RejectedDataPoints, all.PartialSuccess.RejectedLogRecords, all.PartialSuccess.RejectedProfiles} {
		if rejected, err := n.Int64(); err == nil {
			a.rejected += rejected
		}
	}
	return a
}

// readJSONStatus reads the message of a google.rpc.Status in JSON.
func readJSONStatus(status []byte) (message string, ok bool) {
	var all struct{ Message string }
	err := json.Unmarshal(status, &all)
	return all.Message, err == nil && all.Message != ""
}

// readStatusMessage reads the message of a google.rpc.Status.
func readStatusMessage(status []byte) string {
	var message string
	for r := wire.NewReader(status); r.Next(); {
		if r.Field() == 2 {
			message = r.Text()
		}
	}
	return message
}

// oneLine makes text from the network fit for a log: one line, no control
// characters, no more than a few hundred bytes.
func oneLine(text string) string {
	const most = 300
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text))
}
