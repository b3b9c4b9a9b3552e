// The benchmark of otel: what it costs, next to the plain go command.
module otel.test/bench

go 1.25.0
