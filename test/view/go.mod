module otel.test/view

go 1.26.0
