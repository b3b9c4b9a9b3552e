// SPDX-License-Identifier: Apache-2.0

// Package calls measures what one call of each of some libraries costs: a request to gin's router over loopback, a query of
// database/sql and a command of go-redis with nothing behind them, a line of zap's within a span.
package calls

import (
	"bufio"
	"context"
	"database/sql"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/redis/go-redis/v9"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"otel.test/requests/load"
)

// Instrumentation is what a program that is instrumented by hand does to the libraries. The zero value does nothing.
type Instrumentation struct {
	Routes func(*gin.Engine)                               // before routes are added
	Open   func(driver, name string) (*sql.DB, error)      // in place of sql.Open
	Client func(*redis.Client)                             // before the first command
	InSpan func(context.Context) (context.Context, func()) // starts a span, and ends it
	OfSpan func(context.Context) []zap.Field               // what a line of log says of the context's span
}

// Print writes a line for each library to stdout, as load.Row does.
func Print(by Instrumentation) {
	load.Row("gin", func(b *testing.B) { load.Serve(b, by.router()) })
	load.Row("database/sql", by.query)
	load.Row("go-redis", by.command)
	load.Row("zap", by.line)
}

func (by Instrumentation) router() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	if by.Routes != nil {
		by.Routes(engine)
	}
	engine.GET("/items/:id", func(c *gin.Context) { io.WriteString(c.Writer, load.Body) })
	return engine
}

func (by Instrumentation) query(b *testing.B) {
	open := sql.Open
	if by.Open != nil {
		open = by.Open
	}
	db, err := open("empty", "")
	check(err)
	defer db.Close()
	ctx := context.Background()
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		rows, err := db.QueryContext(ctx, "SELECT name FROM items WHERE id = 7")
		check(err)
		for rows.Next() {
		}
		check(rows.Close())
	}
}

func (by Instrumentation) command(b *testing.B) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	defer listener.Close()
	go answer(listener)
	client := redis.NewClient(&redis.Options{Addr: listener.Addr().String(), DisableIndentity: true})
	defer client.Close()
	if by.Client != nil {
		by.Client(client)
	}
	ctx := context.Background()
	check(client.Get(ctx, "item:7").Err())
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		check(client.Get(ctx, "item:7").Err())
	}
}

// answer is a server that has the same value for each key. It refuses the greeting of newer servers, as old ones do.
func answer(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer connection.Close()
			words := bufio.NewReader(connection)
			for {
				command, err := readCommand(words)
				if err != nil {
					return
				}
				reply := "$5\r\nvalue\r\n"
				if command != "get" {
					reply = "-ERR unknown command\r\n"
				}
				io.WriteString(connection, reply)
			}
		}()
	}
}

// readCommand reads "*N" and N strings, and returns the first of them.
func readCommand(from *bufio.Reader) (name string, err error) {
	count, err := from.ReadSlice('\n')
	if err != nil {
		return "", err
	}
	for i := range int(count[1] - '0') {
		if _, err := from.ReadSlice('\n'); err != nil { // its length
			return "", err
		}
		text, err := from.ReadSlice('\n')
		if err != nil {
			return "", err
		}
		if i == 0 && strings.EqualFold(strings.TrimSpace(string(text)), "get") {
			name = "get"
		}
	}
	return name, nil
}

// line has one span around all lines, in a build that weaves.
//
//otel:span
func (by Instrumentation) line(b *testing.B) {
	ctx := context.Background()
	if by.InSpan != nil {
		var end func()
		ctx, end = by.InSpan(ctx)
		defer end()
	}
	logger := zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig()), zapcore.AddSync(io.Discard), zap.InfoLevel))
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if by.OfSpan == nil {
			logger.Info("served", zap.Int("status", 200), zap.String("route", "/items/:id"))
		} else {
			logger.With(by.OfSpan(ctx)...).Info("served", zap.Int("status", 200), zap.String("route", "/items/:id"))
		}
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
