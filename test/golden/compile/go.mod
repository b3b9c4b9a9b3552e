module golden_compile

go 1.22
