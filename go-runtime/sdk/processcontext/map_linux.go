// SPDX-License-Identifier: Apache-2.0

//go:build linux && (amd64 || arm64)

package processcontext

import (
	"runtime"
	"syscall"
	"unsafe"

	"go.opentelemetry.io/otel/sdk/resource"
)

// Numbers that package syscall doesn't have.
var memfdCreate = map[string]uintptr{"amd64": 319, "arm64": 279}[runtime.GOARCH]

const (
	closeOnExec = 1 // of memfd_create
	dontFork    = 10
	setVMA      = 0x53564d41
	setVMAName  = 0
)

// Publish shows the resource until the process ends. Children that are forked don't
// inherit it.
func Publish(of *resource.Resource) error {
	content := payload(of)
	page := syscall.Getpagesize()
	size := (headSize + len(content) + page - 1) / page * page
	name := append([]byte(signature), 0)
	memory, err := mapNamed(name, size)
	if err != nil { // where there are no such files
		memory, err = syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	}
	if err != nil {
		return err
	}
	if err := syscall.Madvise(memory, dontFork); err != nil {
		_ = syscall.Munmap(memory)
		return err
	}
	write(memory, content)
	// Kernels that name no mappings find it by the file's name.
	_, _, _ = syscall.RawSyscall6(syscall.SYS_PRCTL, setVMA, setVMAName, uintptr(unsafe.Pointer(&memory[0])), uintptr(size), uintptr(unsafe.Pointer(&name[0])), 0)
	return nil
}

func mapNamed(name []byte, size int) ([]byte, error) {
	fd, _, failed := syscall.Syscall(memfdCreate, uintptr(unsafe.Pointer(&name[0])), closeOnExec, 0)
	if failed != 0 {
		return nil, failed
	}
	defer syscall.Close(int(fd))
	if err := syscall.Ftruncate(int(fd), int64(size)); err != nil {
		return nil, err
	}
	return syscall.Mmap(int(fd), 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE)
}
