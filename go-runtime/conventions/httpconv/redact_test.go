// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"otel.runtime/telemetry/carrier"
)

func TestFullURL(t *testing.T) {
	for address, want := range map[string]string{
		"http://h/a%2Fb?c=d#e":                                           "http://h/a%2Fb?c=d#e",
		"http://h/a;token=x%2Fhunter2/b%2Fc":                             "http://h/a;token=REDACTED/b%2Fc",
		"http://h/#a?b=%3F&c=d%26":                                       "http://h/#a?b=%3F&c=d%26",
		"http://h/#id_token=x%3F%26hunter2&b=%3F":                        "http://h/#id_token=REDACTED&b=%3F",
		"http://u:hunter2@h/":                                            "http://REDACTED:REDACTED@h/",
		"http://h/a;token=hunter2/b":                                     "http://h/a;token=REDACTED/b",
		"http://h/reset-password/0a1b2c3d4e5f6":                          "http://h/reset-password/REDACTED",
		"http://h/?next=/x%3Ftoken%3Dhunter2":                            "http://h/?next=REDACTED",
		"http://h/bot123456789:AAabcdefghijklmnopqrstuvwxyz0123456/send": "http://h/REDACTED/send",
		"http:///x/token/0a1b2c3d4e5f6":                                  "http:///x/token/REDACTED",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := fullURL(u); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	opaque := &url.URL{Scheme: "http", Opaque: "//u:hunter2@h/token/0a1b2c3d4e5f6?sig=hunter2"}
	if got := fullURL(opaque); got != "http://REDACTED@h/token/REDACTED?sig=REDACTED" {
		t.Error(got)
	}
}

// Headers that are asked for are told without credentials.
func TestCapturedHeadersHaveNoCredentials(t *testing.T) {
	names := "authorization,cookie,set-cookie,x-api-key,proxy-authorization,location,referer,x-tenant,x-debug"
	h := http.Header{}
	for name, value := range map[string]string{
		"Authorization": "Bearer hunter2", "Cookie": "a=hunter2", "Set-Cookie": "a=hunter2; Path=/", "X-Api-Key": "hunter2", "Proxy-Authorization": "Basic hunter2",
		"Location": "/cb?code=hunter2&page=1", "Referer": "https://u:hunter2@h/?sig=hunter2", "X-Tenant": "acme", "X-Debug": `{"password":"hunter2"}`,
	} {
		h.Set(name, value)
	}
	if all := headers(names, requestHeader).append(nil, carrier.Canonical(h)); len(all) != len(h) || strings.Contains(fmt.Sprint(all), "hunter2") {
		t.Errorf("%v", all)
	}
	for _, c := range headers(names, requestHeader) {
		told := fmt.Sprint(c.told(h[c.name]))
		if want := map[string]string{"Location": "[/cb?code=REDACTED&page=1]", "Referer": "[https://REDACTED@h/?sig=REDACTED]", "X-Tenant": "[acme]", "X-Debug": `[{"password":"REDACTED"}]`}[c.name]; told != want && (want != "" || told != "[REDACTED]") {
			t.Errorf("%s: %s", c.name, told)
		}
	}
}

func TestServerAddressHasNoUser(t *testing.T) {
	for text, want := range map[string]string{"u:hunter2@h:80": "h:80", "u@h": "h:0", "u:hun@ter2/x": ":0", "[::1]:80": "::1:80"} {
		if host, port := splitHostPort(text); fmt.Sprintf("%s:%d", host, port) != want {
			t.Errorf("%s: %s %d", text, host, port)
		}
	}
}
