// SPDX-License-Identifier: Apache-2.0

package trouble

import (
	"strings"
	"sync"

	"otel.runtime/internal/redact"
)

// shortestSecret is the length of the shortest value that Scrub looks for as such: a
// shorter one is in any text by chance.
const shortestSecret = 4

var (
	secretsMu sync.Mutex
	secrets   []string
)

// Hide has Scrub take a secret of the configuration's out of whatever it is given:
// the value of a header that is sent, which a collector may repeat in its answer.
// Of "Bearer x" that is x.
func Hide(value string) {
	if at := strings.LastIndexByte(value, ' '); at >= 0 {
		Hide(value[at+1:])
	}
	secretsMu.Lock()
	defer secretsMu.Unlock()
	if len(value) >= shortestSecret {
		secrets = append(secrets, value)
	}
}

// Scrub is a message of someone else's, without the credentials in it.
func Scrub(message string) string {
	secretsMu.Lock()
	defer secretsMu.Unlock()
	for _, secret := range secrets {
		message = strings.ReplaceAll(message, secret, redact.Mark)
	}
	return redact.Text(message)
}
