// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// plain are notations in which § may be any text without blanks, quotes and
// separators; any those in which it may be nearly anything.
var (
	plain = []string{
		"password=§", "PASSWORD=§", "Password=§;Server=db", "Server=db;Pwd=§", "server=db; Password = § ;x=y", "uid=sa;PWD=§",
		"host=db password=§ user=app", "connect: host=db password = § refused", "password: §", "db:\n  password: §\n  host: x",
		"password:§", `{"password":"§"}`, `{"user":"x","db_password": "§"}`, `{\"password\":\"§\"}`, "map[password:§ user:x]",
		"{User:x Password:§}", "&{User:x Passwd:§ Net:tcp}", `config.DB{User:"x", Password:"§"}`, "--password=§", "DB_PASSWORD=§ ./run",
		"export AWS_SECRET_ACCESS_KEY=§", "api_key=§", "apiKey: §1", "X-Api-Key: §1", "Authorization: Bearer §", "authorization: Basic §",
		"Authorization: §", "Proxy-Authorization: Basic §", "Cookie: a=b; session=§; c=d", "Cookie: a=b; c=§", "Set-Cookie: x=§; Path=/",
		"GET /?a=b&access_token=§ HTTP/1.1", "/login?password=§", "/cb?code=§&state=x", "/x?key=§", "https://h/x?sig=§", "https://h/x#access_token=§",
		"https://h/x?a=b#/cb?access_token=§", "https://u:§@h/x", "postgres://u:§@h,i/x", "https://§@h/x", "redis://:§@h:6379/0", "https://h/a;token=§/b", "https://h/a;jsessionid=§",
		"app:§@tcp(db:3306)/shop", "app:§@unix(/run/x.sock)/shop", "app:§@/shop", "dial tcp: address app:§@db:6379: too many colons in address",
		"scott/§@db:1521/x", "lookup u:§@h: no such host", "odbc:server=db;pwd={§};x=y", `parse "postgres://u:§#x@h": invalid port ":§" after host`,
		`parse "postgres://u:§#x": invalid port ":§" after host`, `strconv.Atoi: parsing "§": invalid syntax`, `missing "=" after "§" in connection info string"`,
		`malformed HTTP response "§"`, `malformed MIME header line: X §`, `wrong password "§"`, "bad password '§'", "unknown token §1", "Bearer §12",
		"password=>§", `:password=>"§"`, "password:=§", "PASSWORD%3D§"[:8] + "=§", "pass%77ord=§", "user[password]=§", "requirepass: §", "config set requirepass=§",
		"secret access key: §1", "WALLET PASSWORD=§", "client_secret=§&x=y", "https://h/?x=https%3A%2F%2Fh%2F%3Ftoken%3D§", "https://h/?x=https%253A%252F%252Fh%252F%253Ftoken%253D§",
		"https://h/?q=%7B%22password%22%3A%22§%22%7D", "https://h/reset-password/§-4711-4711", "tcp://h?username=u&password=§", "sqlserver://u:§@h?database=x",
		"-----BEGIN RSA PRIVATE KEY-----\n§\n-----END RSA PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----§", "password: |\n  §\n  §\nx: y", "a:\n  secret: >-\n    §\n\n    §",
		"tokens: [§, §]", `"tokens": ["§"]`, "passwords={a:§ b:§}",
	}
	any = []string{
		"password='§' host=x", `password = "§"`, `{"password": "§", "x": 1}`, "password: '§'", `pass: "§"`, `parse "https://u:§@h": invalid`,
		`invalid DSN "app:§@tcp(db)/shop"`, `db: "postgres://u:§@h/x" refused`, `login with password "§" failed`,
	}
)

// secrets are what stands there.
var (
	plainSecrets = []string{"hunter", "hunter2", "HUNTER", "4711.hunter", "hunter!", "x-hunter_", "hünter", "%68unter", "$hunter$", "~hunter^*"}
	anySecrets   = []string{"a hunter b", "hunter/x", "a@hunter", "hunter#?x", "a;hunter", "a,hunter", "a=hunter", "a:hunter", "a&hunter", "{hunter}", "a)hunter", "a\thunter", "<hunter>"}
)

func TestTextTellsNoSecret(t *testing.T) {
	check := func(notation, secret string) {
		text := strings.ReplaceAll(notation, "§", secret)
		for _, text := range []string{text, "connect failed: " + text, "x: " + text + ": refused", strconv.Quote(text), fmt.Sprintf("open %q: refused", text), "a\n" + text + "\nb"} {
			got := Text(text)
			for _, word := range []string{"hunter", "HUNTER", "hünter", "%68unter", "h\\u00fcnter"} {
				if strings.Contains(got, word) {
					t.Errorf("%s\n\tis told as %s", text, got)
				}
			}
			if again := Text(got); again != got {
				t.Errorf("%s\n\tis changed once more to %s", got, again)
			}
		}
	}
	for _, notation := range plain {
		for _, secret := range plainSecrets {
			check(notation, secret)
		}
	}
	for _, notation := range any {
		for _, secret := range append(plainSecrets, anySecrets...) {
			check(notation, secret)
		}
	}
	for text, secret := range map[string]string{
		`host=db password='a\' hunter' user=x`: "", "{Host:x Password:a} hunter}": "", "{Password:a hunter User:x}": "", "map[password:a hunter x:y]": "", `malformed MIME header line: "a@b/hunter"`: "", `Authorization: Bearer a"b'c} hunter`: "", "Cookie: a\"b'; c=hunter": "", "password=a;hunter user=x": "", `yaml: line 3: password: a"hunter'b, c} hunter`: "", "password: a, hunter": "", "dial: address u:a hunter@h:1: too many colons in address": "", `password=a\ hunter user=x`: "", `server=x;password="a;""hunter"";b"`: "", "odbc:pwd={a;}}hunter;b};x=y": "", "server=x;Password=a hunter;y=z": "",
		"server=x;Password=a hunter": "", "password=a hunter;server=x": "", "password: correct hunter battery": "", "parse postgres://u:a hunter@h: refused": "", "app:a hunter@tcp(db)/x": "",
		"app:x@y hunter@tcp(db)/x": "", "app:x@hunter@tcp(db)/x": "", "u:x@hunter@h": "", `parse "x://u:a\"hunter@h": refused`: "",
		"eyJhbGciOiJIUzI1NiJ9.hunterhunter.x": "", "AKIAHUNTERHUNTER4711": "", "at https://api/bot123456789:hunterhunterhunterhunterhunterhunt/send": "", "ghp_hunterhunterhunterhunter": "", "xoxb-hunter-hunter-4711": "", "key sk_live_hunterhunter": "",
	} {
		check(text, secret)
	}
}

func TestTextLeavesWhatIsNoSecret(t *testing.T) {
	for _, text := range []string{
		"", "nothing here", "get token: dial tcp 10.0.0.1:443: connect: connection refused", "parse token: unexpected end of JSON input", "validate session: context deadline exceeded",
		"rpc error: code = NotFound desc = no such user", "status code: 500", "exit status 1", "error code=42", `pq: password authentication failed for user "bob"`, "invalid password", "token is expired by 5m",
		`Get "http://auth-service:8080/x": dial tcp: lookup auth-service on 10.0.0.2:53: no such host`, "dial tcp: lookup session-store.svc: i/o timeout", "open /run/secrets/db_password: no such file or directory",
		"/home/u/go/pkg/mod/example.com/x@v1.2.3/a.go:10", "mail to bob@example.com", "https://h/a/b?page=2", "http://localhost:4317", "connect to http://h:80: refused", "see http://h:80.", "http://[::1]:80/x", "map[a:1 b:2]",
		"goroutine 7 [running]:\nmain.main()\n\t/src/main.go:10 +0x1d", "runtime error: index out of range [5] with length 3", "interface conversion: interface {} is string, not int", `duplicate key value violates unique constraint "users_pkey"`,
		"-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----", "author: bob", "monkey=1", "12:30:45", "std::vector", "tcp 127.0.0.1:8080->127.0.0.1:9090: read: connection reset by peer", "unexpected token, want }",
	} {
		if got := Text(text); got != text {
			t.Errorf("%s\n\tis told as %s", text, got)
		}
	}
	long := strings.Repeat("the quick brown fox: jumps = over; the lazy dog, ", 20)
	if n := testing.AllocsPerRun(10, func() { Text(long) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestPath(t *testing.T) {
	for path, want := range map[string]string{
		"/": "/", "": "", "/items/7": "/items/7", "/auth/login": "/auth/login", "/tokens/refresh": "/tokens/refresh", "/sessions/17": "/sessions/17", "/users/0123456789abcdef": "/users/0123456789abcdef",
		"/a;v=1/b": "/a;v=1/b", "/a;token=x/b": "/a;token=REDACTED/b", "/a;v=1;jsessionid=x;y=z": "/a;v=1;jsessionid=REDACTED;y=z", "/reset-password/0123456789abcdef": "/reset-password/REDACTED",
		"/token/0123456789ab/x": "/token/REDACTED/x", "/bot123456789:AAabcdefghijklmnopqrstuvwxyz0123456/send": "/REDACTED/send", "/v/eyJhbGciOiJIUzI1NiJ9.e30.abc": "/v/REDACTED",
	} {
		if got := Path(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if n := testing.AllocsPerRun(10, func() { Path("/shop/users/0123456789abcdef/orders/17") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A password of any characters, where the notation lets it be written.
func FuzzTextTellsNoPassword(f *testing.F) {
	for _, marks := range []string{"", "/", "@", "?", "#", ":", " ", "=", "://", "%", "'", `"`, `\`, "{", "}", ";", "&", ",", "\xff", "(", ")", "[", "]", ": ", "\\\"", "''"} {
		f.Add(marks, "")
		f.Add("", marks)
		f.Add(marks, marks)
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		if strings.ContainsAny(before+after, "\n\r\x00") {
			return
		}
		password := before + "planted" + after
		libpq := strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(password)
		for _, text := range []string{
			"host=db password='" + libpq + "' user=x", "connect: " + strconv.Quote("password='"+libpq+"'"), fmt.Sprintf("%q", map[string]string{"password": password}),
			"Pwd={" + strings.ReplaceAll(password, "}", "}}") + "};x=y", `x;Password="` + strings.ReplaceAll(password, `"`, `""`) + `";y=z`, "x " + (&url.URL{Scheme: "a", Host: "h", User: url.UserPassword("u", password)}).String(),
			fmt.Sprintf("parse %q: no", "a://u:"+password+"@h/x"), "https://h/?token=" + url.QueryEscape(password), "u:" + password + "@tcp(db)/x",
		} {
			if got := Text(text); strings.Contains(got, "planted") {
				t.Errorf("%s\n\tis told as %s", text, got)
			}
		}
	})
}
