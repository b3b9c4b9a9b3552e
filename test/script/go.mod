// Stories about otel with the real go command, told by testscript. One story a file in testdata.
module otel.test/script

go 1.25.0

require github.com/rogpeppe/go-internal v1.16.0

require (
	golang.org/x/sys v0.26.0 // indirect
	golang.org/x/tools v0.26.0 // indirect
)
