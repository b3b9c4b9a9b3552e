module programs

go 1.26.0

require (
	libraries v0.0.0
	otel.runtime v0.0.0
)

require (
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	go.opentelemetry.io/otel v1.47.0 // indirect
)

replace (
	libraries => ../libraries
	otel.runtime => ../../go-runtime
	otel.test/view => ../view
)

replace otel.example/hook => ../../go-hook
