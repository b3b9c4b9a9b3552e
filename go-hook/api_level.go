// SPDX-License-Identifier: Apache-2.0

package hook

// APILevel is the level of this module's API. It rises with each addition that
// hooks may use, and with it the module's minor version; nothing is removed.
//
// A rule file states the level that its hooks need ("api: 1"). A release of otel
// weaves hooks of its own level and of all lower ones, and rejects higher ones
// with a message.
const APILevel = 1
