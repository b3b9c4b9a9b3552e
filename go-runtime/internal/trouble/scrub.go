// SPDX-License-Identifier: Apache-2.0

package trouble

import "otel.runtime/internal/redact"

// Scrub is a message of someone else's, without the credentials of the URLs in it.
func Scrub(message string) string { return redact.Text(message) }
