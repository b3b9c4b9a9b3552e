// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Order is a row of gorm's.
type Order struct {
	ID       uint
	Article  string
	Customer string
}

func newFront(stock string) http.Handler {
	db, err := gorm.Open(mysql.Open("root:@tcp(127.0.0.1:"+os.Getenv("MARIADB")+")/mysql"), &gorm.Config{Logger: logger.Discard})
	check(err)
	check(db.AutoMigrate(&Order{}))
	check(db.Create(&Order{ID: 7, Article: "tea", Customer: secret}).Error)

	config := zap.NewProductionEncoderConfig()
	config.TimeKey = ""
	log := zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(config), zapcore.AddSync(os.Stdout), zap.InfoLevel))

	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.GET("/order/:id", func(c *gin.Context) {
		var order Order
		err := db.WithContext(c.Request.Context()).First(&order, c.Param("id")).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			log.Warn("no such order")
			c.String(http.StatusNotFound, "no such order")
			return
		}
		check(err)
		log.Info("an order", zap.String("article", order.Article))
		status, answer := get(stock + "/stock/" + order.Article)
		c.String(status, answer)
	})
	return router
}
