module programs

go 1.26.0

require (
	libraries v0.0.0
	otel.runtime v0.0.0
)

replace (
	libraries => ../libraries
	otel.runtime => ../../go-runtime
	otel.test/view => ../view
)
