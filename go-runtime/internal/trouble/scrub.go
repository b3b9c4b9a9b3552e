// SPDX-License-Identifier: Apache-2.0

package trouble

import "strings"

// Scrub is a message of someone else's, without the user information of the URLs
// in it.
func Scrub(message string) string {
	var out strings.Builder
	for {
		at := strings.Index(message, "://")
		if at < 0 {
			return out.String() + message
		}
		at += len("://")
		out.WriteString(message[:at])
		message = message[at:]
		end := strings.IndexAny(message, " \t\n\"'<>`")
		if end < 0 {
			end = len(message)
		}
		if user := strings.LastIndexByte(message[:end], '@'); user >= 0 {
			out.WriteString("REDACTED")
			message = message[user:]
		}
	}
}
