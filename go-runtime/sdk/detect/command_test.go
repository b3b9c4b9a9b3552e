// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"reflect"
	"testing"
)

func TestArgumentsWithoutSecrets(t *testing.T) {
	for _, test := range []struct{ args, want []string }{
		{[]string{"app", "--password", "-hunter2", "serve"}, []string{"app", "--password", hidden, "serve"}},
		{[]string{"app", "--auth", "--token", "hunter2"}, []string{"app", "--auth", hidden, hidden}},
		{[]string{"app", "--hook=http://h/?a=1&api_key=hunter2"}, []string{"app", "--hook=http://h/?" + hidden}},
		{[]string{"app", "-pa/b=hunter2", "-x@hunter2=y", `{"password":"hunter2=x"}`, `{"a":"password=hunter2"}`}, []string{"app", "-p" + hidden, hidden, hidden, hidden}},
		{[]string{"app", "--user", "me:hunter2", `{"password":"hunter2"}`, "password:hunter2"}, []string{"app", "--user", hidden, hidden, "password:" + hidden}},
		{[]string{"app", "http://u:hunter2@h/"}, []string{"app", "http://" + hidden + "@h/"}},
		{[]string{"app", "--verbose", "file"}, []string{"app", "--verbose", "file"}},
	} {
		if got := redacted(test.args); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%q: %q, want %q", test.args, got, test.want)
		}
	}
}
