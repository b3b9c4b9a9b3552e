// SPDX-License-Identifier: Apache-2.0

//go:build !unix

package goruntime

func resourceUsage() (u usage, known bool) { return u, false }
