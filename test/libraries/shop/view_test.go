// SPDX-License-Identifier: Apache-2.0

package shop

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"otel.test/view/viewtest"

	"libraries/libtest"
)

// seenInBrowser sends what the program has exported to `otel view`, and wants its
// page to show the trace's spans in their nesting, which is that of the text.
func seenInBrowser(t *testing.T, exported libtest.Exported, trace, text string) {
	t.Helper()
	viewer := viewtest.Start(t)
	sent := 0
	for path, bodies := range exported.Requests {
		for _, body := range bodies {
			response, err := http.Post("http://"+viewer.HTTP+path, "application/x-protobuf", bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != http.StatusOK {
				t.Errorf("otel view answers %s with %s", path, response.Status)
			}
		}
		sent += len(bodies)
	}
	if sent < 3 {
		t.Fatalf("%d requests were exported, want one of each signal", sent)
	}
	var rows []string
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		name := strings.TrimLeft(line, " ")
		depth := (len(line)-len(name))/2 + 1
		name, _, _ = strings.Cut(name, " | ")
		rows = append(rows, fmt.Sprint(depth, " ", name))
	}
	tab := viewtest.StartBrowser(t).Open("http://" + viewer.Page + "/#/trace/" + trace)
	tab.Await("the shop's trace", viewtest.Waterfall, strings.Join(rows, "\n"))
}
