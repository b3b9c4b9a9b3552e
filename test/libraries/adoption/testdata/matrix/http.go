package main

import (
	"context"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux"
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/trace"
)

// with leaves the global provider to be found.
func with(provider trace.TracerProvider, more ...otelhttp.Option) []otelhttp.Option {
	if provider != trace.TracerProvider(global) {
		more = append(more, otelhttp.WithTracerProvider(provider))
	}
	return more
}

func otelhttpServer(provider trace.TracerProvider) {
	ask(otelhttp.NewHandler(http.HandlerFunc(handle), "users", with(provider, otelhttp.WithMessageEvents(otelhttp.WriteEvents))...))
}

func otelhttpServerLinked(provider trace.TracerProvider) {
	ask(otelhttp.NewHandler(http.HandlerFunc(handle), "users", with(provider,
		otelhttp.WithSpanOptions(trace.WithLinks(linked), trace.WithTimestamp(longAgo)))...))
}

func otelhttpPublic(provider trace.TracerProvider) {
	ask(otelhttp.NewHandler(http.HandlerFunc(handle), "users", with(provider, otelhttp.WithPublicEndpointFn(func(*http.Request) bool { return true }))...))
}

func otelhttpClient(provider trace.TracerProvider) {
	address := answers()
	client := http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport, with(provider)...)}
	within(provider, func(ctx context.Context) {
		request, err := http.NewRequestWithContext(ctx, "GET", "http://"+address+"/users/7", nil)
		must(err)
		response, err := client.Do(request)
		must(err)
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
	})
}

func otelginServer(provider trace.TracerProvider) {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	var options []otelgin.Option
	if provider != trace.TracerProvider(global) {
		options = append(options, otelgin.WithTracerProvider(provider))
	}
	router.Use(otelgin.Middleware("shop", options...))
	router.GET("/users/:id", func(c *gin.Context) { handle(c.Writer, c.Request) })
	ask(router)
}

func otelechoServer(provider trace.TracerProvider) {
	router := echo.New()
	var options []otelecho.Option
	if provider != trace.TracerProvider(global) {
		options = append(options, otelecho.WithTracerProvider(provider))
	}
	router.Use(otelecho.Middleware("shop", options...))
	router.GET("/users/:id", func(c echo.Context) error {
		handle(c.Response(), c.Request())
		return nil
	})
	ask(router)
}

func otelmuxServer(provider trace.TracerProvider) {
	router := mux.NewRouter()
	var options []otelmux.Option
	if provider != trace.TracerProvider(global) {
		options = append(options, otelmux.WithTracerProvider(provider))
	}
	router.Use(otelmux.Middleware("shop", options...))
	router.HandleFunc("/users/{id}", handle)
	ask(router)
}
