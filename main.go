package main

import (
	"fmt"

	"github.com/nats-io/nats.go"
)

func main() {
	_, err := nats.Connect("nats://127.0.0.1:1")
	fmt.Println(err)
}
