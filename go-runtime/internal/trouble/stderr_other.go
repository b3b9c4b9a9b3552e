// SPDX-License-Identifier: Apache-2.0

//go:build !linux && !darwin

package trouble

import "os"

func isStderr(*os.File) bool { return true }
