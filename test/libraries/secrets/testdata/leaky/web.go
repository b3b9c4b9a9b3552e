// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
)

// web has the secret in URLs, headers, redirects, and what handlers fail with.
func web(ctx context.Context) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: url.QueryEscape(secret)})
		w.Header().Set("X-Token", url.QueryEscape(secret))
		w.Header().Set("X-Debug", "password="+url.QueryEscape(secret))
	})
	mux.HandleFunc("/redirect", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/login?code="+url.QueryEscape(secret)+"#access_token="+url.QueryEscape(secret), http.StatusFound)
	})
	mux.HandleFunc("/fragment", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "//"+url.UserPassword("u", secret).String()+"@"+r.Host+"/x#id_token="+url.QueryEscape(secret), http.StatusSeeOther)
	})
	for i, fail := range failures() {
		mux.HandleFunc("/panic/"+strconv.Itoa(i), func(http.ResponseWriter, *http.Request) { panic(fail) })
	}
	server := httptest.NewUnstartedServer(mux)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Start()
	defer server.Close()

	escaped := url.QueryEscape(secret)
	for _, query := range []string{
		"X-Amz-Signature=" + escaped + "&X-Amz-Credential=" + escaped + "&X-Amz-Security-Token=" + escaped, "sv=1&sig=" + escaped, "Signature=" + escaped + "&AWSAccessKeyId=" + escaped,
		"X-Goog-Signature=" + escaped, "access_token=" + escaped, "API_KEY=" + escaped, "apikey=" + escaped, "x-api-key=" + escaped, "password=" + escaped, "pass%77ord=" + escaped, "user[password]=" + escaped,
		"code=" + escaped, "key=" + escaped, "a=b;token=" + escaped, "client_secret=" + escaped, "jwt=" + escaped, "otp=" + escaped, "next=" + url.QueryEscape("/x?token="+escaped),
		"next=" + url.QueryEscape("https://"+url.UserPassword("u", secret).String()+"@h/"), "next=" + url.QueryEscape(url.QueryEscape("https://h/?sig="+escaped)), "q=" + url.QueryEscape(`{"password":`+strconv.Quote(secret)+`}`),
		"sessionid=" + escaped, "PHPSESSID=" + escaped, "authorization=" + url.QueryEscape("Bearer "+secret), "db=" + url.QueryEscape("postgres://u:"+secret+"@h/x"),
	} {
		get(ctx, server.URL+"/?"+query)
	}
	segment := url.PathEscape(secret)
	for _, path := range []string{
		"/a;token=" + segment + "/b", "/a;jsessionid=" + segment, "/reset-password/0123456789" + segment, "/bot123456789:AAabcdefghijklmnopqrstuvwxyz0123456/send",
		"/x/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.c2VjcmV0/y", "/redirect", "/fragment",
	} {
		get(ctx, server.URL+path)
	}
	host := strings.TrimPrefix(server.URL, "http://")
	get(ctx, "http://"+url.UserPassword(secret, secret).String()+"@"+host+"/")
	get(ctx, "http://"+host+"/#access_token="+escaped)
	send(ctx, &http.Request{Method: "GET", URL: &url.URL{Scheme: "http", Opaque: "//" + host + "/?token=" + escaped}})
	for i := range failures() {
		get(ctx, server.URL+"/panic/"+strconv.Itoa(i))
	}

	// Answers that net/http can't read, and quotes.
	raw(ctx, "HTTP/1.1 password="+secret+"\r\n\r\n")
	raw(ctx, secret+"\r\n\r\n")
	raw(ctx, "HTTP/1.1 200 OK\r\n"+secret+"\r\n\r\n")
	raw(ctx, "HTTP/1.1 302 Found\r\nLocation: http://u:"+secret+"@[::1/\r\nContent-Length: 0\r\n\r\n")
	// Addresses that can't be reached or read.
	get(ctx, "http://127.0.0.1:1/?token="+escaped)
	get(ctx, "http://u:"+secret+"@127.0.0.1:1/")
	transport := &http.Transport{Proxy: func(*http.Request) (*url.URL, error) {
		return nil, fmt.Errorf("invalid proxy address %q", "http://u:"+secret+"@proxy")
	}}
	(&http.Client{Transport: transport}).Do(request(ctx, server.URL))
	transport = &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("dial: password '" + strings.ReplaceAll(secret, "'", `\'`) + "' rejected")
	}}
	(&http.Client{Transport: transport}).Do(request(ctx, server.URL))
}

func request(ctx context.Context, address string) *http.Request {
	r, err := http.NewRequestWithContext(ctx, "GET", address, nil)
	if err != nil {
		return &http.Request{URL: &url.URL{}}
	}
	r.Header = http.Header{
		"Authorization": {"Bearer " + secret}, "Proxy-Authorization": {"Basic " + secret}, "Cookie": {"session=" + url.QueryEscape(secret)}, "X-Api-Key": {secret},
		"Referer": {"https://" + url.UserPassword("u", secret).String() + "@h/?token=" + url.QueryEscape(secret)}, "User-Agent": {"x (+http://u:" + secret + "@h/)"},
		"Forwarded": {`for=192.0.2.1;host="u:` + secret + `@h"`}, "Baggage": {"password=" + url.QueryEscape(secret)},
	}
	return r
}

func get(ctx context.Context, address string) { send(ctx, request(ctx, address)) }

func send(ctx context.Context, r *http.Request) {
	response, err := http.DefaultClient.Do(r)
	if err == nil {
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
}

// raw asks a server that answers with a text.
func raw(ctx context.Context, answer string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer listener.Close()
	go func() {
		conn, err := listener.Accept()
		if err == nil {
			conn.Read(make([]byte, 4096))
			io.WriteString(conn, answer)
			conn.Close()
		}
	}()
	get(ctx, "http://"+listener.Addr().String()+"/")
}

// config is what a program may print, or panic with.
type config struct {
	Host     string
	Password string
}

// failures are what handlers panic with: what drivers, parsers and programs say.
func failures() (all []any) {
	_, ofURL := url.Parse("postgres://u:" + secret + "@h:port/x")
	_, ofPort := url.Parse("postgres://u:" + strings.ReplaceAll(secret, "@", "") + "#x")
	_, ofNumber := strconv.Atoi(secret)
	libpq := strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(secret)
	return []any{
		ofURL, ofPort, ofNumber, fmt.Errorf("connect: %w", ofURL), config{"db", secret}.String(), fmt.Sprintf("%#v", config{"db", secret}), fmt.Sprintf("%q", map[string]string{"password": secret}),
		errors.New("host=db password='" + libpq + "' user=x"), errors.New("cannot parse `host=db password = " + strings.ReplaceAll(libpq, " ", `\ `) + " port=x`: invalid port"), errors.New("app:" + secret + "@tcp(db:3306)/shop: access denied"),
		errors.New("redis://:" + secret + "@h:6379/0: WRONGPASS"), errors.New("server=db;user id=sa;password=\"" + strings.ReplaceAll(secret, `"`, `""`) + "\";database=x: login failed"), errors.New("odbc:server=db;pwd={" + strings.ReplaceAll(secret, "}", "}}") + "}: login failed"),
		fmt.Errorf("dial: %w", &net.AddrError{Err: "too many colons in address", Addr: "u:" + secret + "@h:1"}), errors.New("yaml: line 3: password: " + secret), errors.New("config:\n  api_key: |\n    " + secret + "\n"),
		errors.New("Authorization: Bearer " + secret), errors.New("Cookie: a=b; session=" + secret), errors.New("bad token " + strconv.Quote(secret)), errors.New("-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----"),
		errors.New("PASSWORD=" + written(secret)), errors.New(`{"user":"x","client_secret":` + strconv.Quote(secret) + `}`), errors.New(strconv.Quote(`{"client_secret":` + strconv.Quote(secret) + `}`)), errors.New("mongodb://u:" + secret + "@h1:1,h2:2/x: no reachable servers"),
	}
}

func (c config) String() string { return "{Host:" + c.Host + " Password:" + c.Password + "}" }
