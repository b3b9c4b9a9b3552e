module every_function

go 1.25.0
