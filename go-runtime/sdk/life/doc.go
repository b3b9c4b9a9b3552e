// SPDX-License-Identifier: Apache-2.0

// Package life has telemetry flushed on every way out of the process, and
// changes nothing about the way: not the exit code, not the signal that it
// dies by, not what a panic prints, nor the time that the program's own
// handlers take.
//
// Main's return, os.Exit (so log.Fatal), syscall.Exec and a panic that nobody
// recovers are seen by the woven package runtime. A signal is seen beside the program's own
// handlers, by the woven package os/signal: if the program handles it, there is
// a flush and nothing else; if it doesn't, there is a flush and then the death
// by that signal. In a library that a foreign program has loaded, signals are
// left alone. Where a package isn't woven its ways out aren't seen.
//
// A fatal error of the runtime and SIGKILL let nobody do anything. A program
// in which every goroutine is blocked for ever isn't stopped by the runtime's
// deadlock detector once anybody waits for signals.
package life
