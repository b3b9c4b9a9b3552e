// SPDX-License-Identifier: Apache-2.0

package exception

import (
	"fmt"

	"otel.runtime/internal/redact"
)

// Message is what is told of an error, or of the value of a panic: its text, without
// the credentials of URLs that it quotes.
func Message(value any) string { return redact.Text(fmt.Sprint(value)) }
