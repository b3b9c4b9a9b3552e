module libraries

go 1.26.0

require (
	go.opentelemetry.io/otel v1.47.0
	otel.runtime v0.0.0
)

require github.com/cespare/xxhash/v2 v2.3.0 // indirect

replace otel.runtime => ../../go-runtime
