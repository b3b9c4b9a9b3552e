// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"net"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/client"
	"github.com/gofiber/fiber/v3/middleware/recover"
	"github.com/valyala/fasthttp"
)

type ctx = fiber.Ctx

var recovering = recover.New()

func newApp(onError func(ctx, error) error) *fiber.App {
	return fiber.New(fiber.Config{ErrorHandler: onError})
}

func listen(app *fiber.App, ln net.Listener) {
	check(app.Listener(ln, fiber.ListenConfig{DisableStartupMessage: true}))
}

func mount(app *fiber.App, at string, s *fiber.App) { app.Use(at, s) }
func requestCtx(c ctx) *fasthttp.RequestCtx         { return c.RequestCtx() }
func own(c ctx) context.Context                     { return c.Context() }
func setOwn(c ctx, of context.Context)              { c.SetContext(of) }
func itself(c ctx) context.Context                  { return c }

func codeOf(err error) int {
	var of *fiber.Error
	if errors.As(err, &of) {
		return of.Code
	}
	return 500
}

func get(url string) (int, string) {
	response, err := client.Get(url)
	check(err)
	return response.StatusCode(), response.String()
}
