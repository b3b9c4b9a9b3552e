module otel.test/requests

go 1.25.0
