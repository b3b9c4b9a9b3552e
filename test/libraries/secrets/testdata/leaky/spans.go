// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
)

// login fails with an error that has the secret. Its span has no parameters.
//
//otel:span
func login(ctx context.Context, password string) error {
	return fmt.Errorf("login: %w", fmt.Errorf("ldap bind: password=%s: invalid credentials", written(password)))
}

// crash panics with it.
//
//otel:span
func crash(ctx context.Context, password string) {
	panic(fmt.Sprintf("%+v", config{"db", password}))
}

// spans has the secret in errors and panics of functions with spans.
func spans(ctx context.Context) {
	_ = login(ctx, secret)
	defer func() { _ = recover() }()
	crash(ctx, secret)
}
