// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"net"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/valyala/fasthttp"
)

type ctx = *fiber.Ctx

var recovering = recover.New()

func newApp(onError func(ctx, error) error) *fiber.App {
	return fiber.New(fiber.Config{DisableStartupMessage: true, ErrorHandler: onError})
}

func listen(app *fiber.App, ln net.Listener)        { check(app.Listener(ln)) }
func mount(app *fiber.App, at string, s *fiber.App) { app.Mount(at, s) }
func requestCtx(c ctx) *fasthttp.RequestCtx         { return c.Context() }
func own(c ctx) context.Context                     { return c.UserContext() }
func setOwn(c ctx, of context.Context)              { c.SetUserContext(of) }
func itself(c ctx) context.Context                  { return c.Context() }

func codeOf(err error) int {
	var of *fiber.Error
	if errors.As(err, &of) {
		return of.Code
	}
	return 500
}

func get(url string) (int, string) {
	code, body, errs := fiber.Get(url).Bytes()
	for _, err := range errs {
		check(err)
	}
	return code, string(body)
}
