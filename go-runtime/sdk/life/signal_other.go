// SPDX-License-Identifier: Apache-2.0

//go:build !unix

package life

import "os"

// Here a process can't end itself by a signal as its sender would: signals
// are left alone.
func watchSignals(func(sig os.Signal, handled bool)) {}

func releaseSignals() {}

func kill(os.Signal) {}
