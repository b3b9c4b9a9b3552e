module otel.example/hook

go 1.20
