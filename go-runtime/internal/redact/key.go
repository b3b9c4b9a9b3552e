// SPDX-License-Identifier: Apache-2.0

package redact

import "strings"

// Key is the key of a value in a store without what follows a part of it that is
// named like a credential (session:…, user:7:refresh_token:…), and without what Text
// hides.
func Key(key string) string {
	for start := 0; ; {
		colon := strings.IndexByte(key[start:], ':')
		if colon < 0 {
			return Text(key)
		}
		colon += start
		if isSecret(key[start:colon], false) && colon+1 < len(key) {
			return key[:colon+1] + Mark
		}
		start = colon + 1
	}
}
