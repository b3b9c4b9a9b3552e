// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
)

func main() {
	logger := log.New(os.Stdout, "app: ", log.Lmsgprefix|log.Lshortfile)
	log.SetFlags(0)
	log.SetOutput(os.Stdout)
	logger.Print("outside of a span")
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		logger.Print("a line")
		logger.Println("with", "newline")
		logger.Printf("two\nlines\n")
		logger.Print("many newlines\n\n")
		logger.Print("")
		logger.Print("{\"json\": true}")
		logger.Print("\x1b[31mred\x1b[0m")
		logger.Print("42m")
		logger.Print("trace_id=mine")
		log.Print("raw")
		log.Print("{\"raw\": \"json\"}")
		fmt.Println(logger.Output(1, "output"))
		slog.SetDefault(slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: timeless})))
		log.Print("through slog")
	}))
	defer server.Close()
	if _, err := http.Get(server.URL); err != nil {
		fmt.Println(err)
	}
}

func timeless(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}
