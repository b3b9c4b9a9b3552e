module otel.test/differential/syntax

go 1.24
