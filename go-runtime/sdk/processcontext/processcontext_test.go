// SPDX-License-Identifier: Apache-2.0

//go:build linux && (amd64 || arm64)

package processcontext

import (
	"encoding/binary"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/exporter/otlp/wire"
)

// A reader outside finds the resource in the memory of the process.
func TestAReaderFindsTheResource(t *testing.T) {
	if err := Publish(resource.NewSchemaless(attribute.String("service.name", "shop"), attribute.Int("n", 7))); err != nil {
		t.Fatal(err)
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	begin, found := uint64(0), 0
	for _, line := range strings.Split(string(maps), "\n") {
		if strings.Contains(line, "/memfd:"+signature) || strings.Contains(line, "[anon_shmem:"+signature+"]") || strings.Contains(line, "[anon:"+signature+"]") {
			begin, _ = strconv.ParseUint(line[:strings.IndexByte(line, '-')], 16, 64)
			found++
		}
	}
	if found != 1 {
		t.Fatalf("%d mappings in\n%s", found, maps)
	}
	memory, err := os.Open("/proc/self/mem")
	if err != nil {
		t.Fatal(err)
	}
	defer memory.Close()
	read := func(at uint64, size int) []byte {
		b := make([]byte, size)
		if _, err := memory.ReadAt(b, int64(at)); err != nil && err != io.EOF {
			t.Fatal(err)
		}
		return b
	}
	head := read(begin, headSize)
	if string(head[:8]) != "OTEL_CTX" || binary.NativeEndian.Uint32(head[8:]) != 2 || binary.NativeEndian.Uint64(head[16:]) == 0 {
		t.Fatalf("%q", head)
	}
	attributes := ""
	for context := wire.NewReader(read(binary.NativeEndian.Uint64(head[24:]), int(binary.NativeEndian.Uint32(head[12:])))); context.Next(); {
		for of := wire.NewReader(context.Bytes()); of.Next(); {
			for kv := wire.NewReader(of.Bytes()); kv.Next(); {
				if kv.Field() == 1 {
					attributes += kv.Text() + " "
					continue
				}
				for value := wire.NewReader(kv.Bytes()); value.Next(); {
					if value.Field() == 1 {
						attributes += value.Text() + " "
					} else {
						attributes += strconv.Itoa(int(value.Uint())) + " "
					}
				}
			}
		}
		if context.Field() != 1 || context.Err() != nil {
			t.Errorf("%d %v", context.Field(), context.Err())
		}
	}
	if attributes != "n 7 service.name shop " {
		t.Errorf("%q", attributes)
	}
}
