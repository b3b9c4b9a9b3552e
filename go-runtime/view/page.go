// SPDX-License-Identifier: Apache-2.0

package view

import (
	"embed"
	"io/fs"
	"net"
	"net/http"
	"strings"
)

//go:embed page
var page embed.FS

// pageHandler serves the page. It loads nothing from elsewhere, and the browser
// is told to see to that.
func pageHandler() http.Handler {
	folder, err := fs.Sub(page, "page")
	if err != nil {
		panic(err) // it is embedded under that name
	}
	files := http.FileServerFS(folder)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("Cache-Control", "no-cache")
		files.ServeHTTP(w, r)
	})
}

// onlyLocalNames refuses requests that reached a loopback address by another
// name: that is how a page from elsewhere reads from here (DNS rebinding).
func onlyLocalNames(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		host = strings.ToLower(strings.Trim(host, "[]"))
		if net.ParseIP(host) == nil && host != "localhost" && !strings.HasSuffix(host, ".localhost") {
			fail(w, http.StatusForbidden, "the page is served at localhost, not at "+r.Host)
			return
		}
		handler.ServeHTTP(w, r)
	})
}
