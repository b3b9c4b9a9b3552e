// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"os"

	"github.com/labstack/echo/v4"
	"github.com/redis/go-redis/v9"
	"github.com/sirupsen/logrus"
)

func newStock(price string) http.Handler {
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + os.Getenv("REDIS")})
	log := logrus.New()
	log.SetOutput(os.Stdout)
	log.SetFormatter(&logrus.JSONFormatter{DisableTimestamp: true})

	server := echo.New()
	server.GET("/stock/:article", func(c echo.Context) error {
		ctx := c.Request().Context()
		left := client.Decr(ctx, "left of "+c.Param("article")).Val()
		log.WithField("left", left).Info("in stock")
		if err := client.Set(ctx, "last", secret, 0).Err(); err != nil {
			return err
		}
		status, answer := get(price + "/price/" + c.Param("article"))
		return c.String(status, answer)
	})
	return server
}
