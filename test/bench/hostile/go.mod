module hostile

go 1.25.0
