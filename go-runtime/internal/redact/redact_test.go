// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"strings"
	"testing"
)

func TestQuery(t *testing.T) {
	for _, query := range []string{
		"password=hunter2", "Password=hunter2", "%70assword=hunter2", "%zz%70assword=hunter2", "pass%77ord%=hunter2", "a=1;password=hunter2", "a=1&&TOKEN=hunter2", "user%5Bpassword%5D=hunter2",
		"user[pwd]=hunter2", "x-api-key=hunter2", "api_key=hunter2", "apiKey=hunter2", "session_token=hunter2", "client-secret=hunter2", "code=hunter2",
		"credentials=hunter2", "bearer=hunter2", "X-Amz-Security-Token=hunter2", "X-Amz-Credential=hunter2", "AWSAccessKeyId=hunter2", "se=1&sig=hunter2",
		"private_key=hunter2", "token=x;hunter2", "token=x?hunter2", "token=x#hunter2", "token=x=hunter2", "a=b?token=hunter2", "a#token=hunter2", "sessionid=hunter2", "PHPSESSID=hunter2", "key=hunter2", "pass=hunter2", "newPassword=hunter2", "dbPass=hunter2", "q=https://u:hunter2@h/",
		"redirect=https%3A%2F%2Fu%3Ahunter2%40h%2F", "own=hunter2", "id_token=hunter2&b=2", "auth=hunter2;c", "X-Goog-Signature=hunter2",
	} {
		if got := Query(query, func(key string) bool { return key == "own" }); strings.Contains(got, "hunter2") || !strings.Contains(got, Mark) {
			t.Errorf("%s: %s", query, got)
		}
	}
	for _, query := range []string{
		"", "a", "a=1&b=2;c", "author=1", "sort_key=name", "zip_code=1", "passenger=3", "compass=n", "design=x", "page=2&per_page=10", "email=bob@example.com",
		"monkey=1", "q=a@b", "keyboard=1", "password", "password=", strings.Repeat("long", 100) + "=1",
	} {
		if got := Query(query, nil); got != query {
			t.Errorf("%s: %s", query, got)
		}
	}
	if got := Query("a=1&token=x&b=2", nil); got != "a=1&token="+Mark+"&b=2" {
		t.Error(got)
	}
	if n := testing.AllocsPerRun(100, func() { Query("page=2&sort_key=name&X-Request=1", nil) }); n != 0 {
		t.Errorf("%v allocations where nothing is secret", n)
	}
}

func TestText(t *testing.T) {
	for message, want := range map[string]string{
		"nothing here": "nothing here",
		`parse "http://u:hunter2@host": x and https://hunter2@b/c, d@e`: `parse "http://REDACTED@host": x and https://REDACTED@b/c, d@e`,
		"x://u:a@hunter2/y@host":                 "x://REDACTED@host",
		`Get "http://h/?a=1&token=hunter2": EOF`: `Get "http://h/?a=1&token=REDACTED": EOF`,
		"amqp://u:hun?ter2@mq/x":                 "amqp://REDACTED@mq/x",
	} {
		if got := Text(message); got != want {
			t.Errorf("%s: got %s, want %s", message, got, want)
		}
	}
}
