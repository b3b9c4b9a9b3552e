// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io"
	"net/http/httptest"

	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	c, _ := gin.CreateTestContext(httptest.NewRecorder())
	fmt.Println("without a request:", c.Error(errors.New("no database")))
	c.Next()

	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.Use(gin.RecoveryWithWriter(io.Discard))
	r.Use(func(c *gin.Context) { c.Next() })
	r.GET("/users/:id", func(c *gin.Context) { c.String(200, "user %s", c.Param("id")) })
	r.GET("/fail", func(c *gin.Context) {
		_ = c.Error(errors.New("no database"))
		c.String(500, "sorry")
	})
	r.GET("/client-mistake", func(c *gin.Context) { c.String(400, "what?") })
	r.GET("/panic", func(c *gin.Context) { panic("out of cheese") })
	r.GET("/slow", func(c *gin.Context) {
		wait(c.Request)
		c.String(200, "at last")
	})
	r.POST("/big", func(c *gin.Context) {
		body, err := c.GetRawData()
		if err != nil {
			panic(err)
		}
		c.Data(200, "text/plain", body)
	})
	r.Group("/api/v1").GET("/items/*path", func(c *gin.Context) { c.String(200, c.Param("path")) })
	run(r)
}
