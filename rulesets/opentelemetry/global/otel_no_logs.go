// SPDX-License-Identifier: Apache-2.0

// Added to the package of the global providers of releases whose logger provider
// is elsewhere: nothing.

package global
