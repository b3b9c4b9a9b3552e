// SPDX-License-Identifier: Apache-2.0
//
// Identifies the code that rewrites sources: computed by the build from the sources of lib/syntax,
// lib/gocode, lib/kinds, lib/weave and lib/plan. Two versions of otel that weave alike share build cache
// entries; two that don't share none.
#pragma once

#include <string_view>

namespace otel::plan {

extern const std::string_view kWeaverDigest;

}  // namespace otel::plan
