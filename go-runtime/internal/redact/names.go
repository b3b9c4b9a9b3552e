// SPDX-License-Identifier: Apache-2.0

package redact

import "bytes"

// alone are names that say nothing but this, without what isn't a letter or digit:
// the code of an authorization (RFC 6749, section 4.1.2) or a key, but not a
// postal code or a sort key.
var alone = []string{"key", "code", "sas"}

// words are such that one is enough in a name of several: db_pass, user[pwd].
var words = []string{"pass", "pwd", "auth", "sig", "sid", "jwt", "otp", "pin", "creds", "bearer", "cookie", "csrf", "xsrf"}

// parts are such wherever they stand: newPassword, X-Amz-Security-Token,
// AWSAccessKeyId.
var parts = [][]byte{[]byte("password"), []byte("passwd"), []byte("passphrase"), []byte("passcode"), []byte("secret"), []byte("token"),
	[]byte("apikey"), []byte("accesskey"), []byte("privatekey"), []byte("accountkey"), []byte("credential"), []byte("signature"),
	[]byte("authorization"), []byte("session"), []byte("sessid"), []byte("requirepass"), []byte("masterauth")}

// IsSecret reports whether what has that name is likely a credential.
func IsSecret(name string) bool { return isSecret(name, true) }

// isSecret leaves out the names that are alone, if they aren't to count: in a
// message that isn't a query, "code = NotFound" is no credential.
func isSecret(name string, withAlone bool) bool {
	var room [64]byte // a longer name is judged by its beginning
	joined, word := room[:0], 0
	for i := 0; i < len(name) && len(joined) < len(room); i++ {
		c := name[i]
		switch {
		case 'A' <= c && c <= 'Z':
			if i > 0 && 'a' <= name[i-1] && name[i-1] <= 'z' { // aB
				if isOne(words, joined[word:]) {
					return true
				}
				word = len(joined)
			}
			joined = append(joined, c+'a'-'A')
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			joined = append(joined, c)
		default:
			if isOne(words, joined[word:]) {
				return true
			}
			word = len(joined)
		}
	}
	if isOne(words, joined[word:]) || withAlone && isOne(alone, joined) {
		return true
	}
	for _, part := range parts {
		if bytes.Contains(joined, part) {
			return true
		}
	}
	return false
}

func isOne(of []string, name []byte) bool {
	for _, one := range of {
		if string(name) == one {
			return true
		}
	}
	return false
}
