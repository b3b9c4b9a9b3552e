// SPDX-License-Identifier: Apache-2.0
#include "base/version.h"

namespace otel::base {

std::string_view otel_version() {
  return OTEL_VERSION;
}

}  // namespace otel::base
