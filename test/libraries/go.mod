module libraries

go 1.26.0

require (
	go.opentelemetry.io/otel v1.47.0
	google.golang.org/protobuf v1.36.12
	otel.runtime v0.0.0
	otel.test/view v0.0.0
)

require (
	github.com/grpc-ecosystem/grpc-gateway/v2 v2.31.0 // indirect
	golang.org/x/net v0.59.0 // indirect
	golang.org/x/sys v0.48.0 // indirect
	golang.org/x/text v0.42.0 // indirect
	google.golang.org/genproto/googleapis/api v0.0.0-20260928230214-8a89bd6388cc // indirect
	google.golang.org/genproto/googleapis/rpc v0.0.0-20260928230214-8a89bd6388cc // indirect
	google.golang.org/grpc v1.84.0 // indirect
)

require (
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	go.opentelemetry.io/proto/otlp v1.11.1
)

replace otel.runtime => ../../go-runtime

replace otel.test/view => ../view

replace otel.example/hook => ../../go-hook
