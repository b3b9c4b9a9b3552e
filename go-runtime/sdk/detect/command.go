// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"os"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/internal/redact"
	"otel.runtime/internal/setting"
)

// command has the program's arguments. It is off unless it is asked for: what an
// argument means is the program's to know, and so is what of it is secret.
func command(system) []attribute.KeyValue {
	if len(os.Args) == 0 {
		return nil
	}
	return []attribute.KeyValue{attribute.StringSlice("process.command_args", redacted(os.Args))}
}

const hidden = redact.Mark

// secretNames are parts of the names of flags whose values are secrets: more than
// redact.IsSecret has for queries, as few flags are worth the risk.
var secretNames = []string{"pass", "pwd", "secret", "token", "key", "auth", "cred", "cookie", "session", "user", "signature", "private", "dsn", "cert", "header", "bearer", "salt", "pin"}

// redacted is arguments without the values of such flags, what looks like a token,
// and what setting.Quote hides of any value, as the user information of a URL.
func redacted(args []string) []string {
	all := make([]string, len(args))
	after := false // a flag whose value comes next
	for i, arg := range args {
		name, value, assigned := strings.Cut(arg, "=")
		flag := strings.HasPrefix(arg, "-")
		switch {
		case i == 0:
			all[i] = arg
		case after: // a password may begin with a hyphen
			all[i] = hidden
		case assigned && isSecret(name) && isFlagName(name):
			all[i] = name + "=" + hidden
		case assigned && isSecret(name):
			all[i] = hidden
		case assigned && flag && isFlagName(name):
			all[i] = name + "=" + shown(value)
		case flag && len(arg) > 2 && arg[1] != '-' && isSecret(arg[:2]):
			all[i] = arg[:2] + hidden // -pSECRET
		case assigned && !isFlagName(name) && (flag || redact.Text(arg) != arg):
			all[i] = hidden
		default:
			all[i] = shown(arg)
		}
		after = flag && !assigned && isSecret(arg)
	}
	return all
}

func isSecret(name string) bool {
	lower := strings.ToLower(strings.TrimLeft(name, "-"))
	if lower == "p" || lower == "u" || lower == "h" && name == "-H" { // as of curl and of database clients
		return true
	}
	for _, part := range secretNames {
		if strings.Contains(lower, part) {
			return true
		}
	}
	return false
}

func isFlagName(name string) bool {
	for _, c := range strings.TrimLeft(name, "-") {
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}

func shown(value string) string {
	quoted, err := strconv.Unquote(setting.Quote(value))
	if err != nil {
		return hidden
	}
	return quoted
}
