// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	own := echo.New()
	own.HTTPErrorHandler = func(err error, _ echo.Context) { fmt.Println("without a request:", err) }
	own.NewContext(nil, nil).Error(errors.New("no database"))

	e := echo.New()
	e.Use(middleware.RecoverWithConfig(middleware.RecoverConfig{DisablePrintStack: true}))
	e.GET("/users/:id", func(c echo.Context) error { return c.String(200, "user "+c.Param("id")) })
	e.GET("/fail", func(c echo.Context) error { return errors.New("no database") })
	e.GET("/client-mistake", func(c echo.Context) error { return echo.NewHTTPError(400, "what?") })
	e.GET("/panic", func(c echo.Context) error { panic("out of cheese") })
	e.GET("/slow", func(c echo.Context) error {
		wait(c.Request())
		return c.String(200, "at last")
	})
	e.POST("/big", func(c echo.Context) error {
		body, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return err
		}
		return c.Blob(200, "text/plain", body)
	})
	e.Group("/api/v1").GET("/items/*", func(c echo.Context) error { return c.String(200, c.Param("*")) })
	run(e)
}
