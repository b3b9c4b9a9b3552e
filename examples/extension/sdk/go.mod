module acme.example/sdk

go 1.26.0
