module otel.test/web

go 1.26.0

require otel.runtime v0.0.0

replace otel.runtime => ../../../go-runtime
