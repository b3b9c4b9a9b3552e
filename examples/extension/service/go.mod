module acme.example/service

go 1.26.0

require (
	acme.example/sdk v0.0.0
	acme.example/telemetry v0.0.0
)

replace (
	acme.example/sdk => ../sdk
	acme.example/telemetry => ../telemetry
)
