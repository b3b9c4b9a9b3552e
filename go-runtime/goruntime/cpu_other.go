// SPDX-License-Identifier: Apache-2.0

//go:build !unix

package goruntime

import "time"

func cpuTime() (user, system time.Duration, known bool) { return 0, 0, false }
