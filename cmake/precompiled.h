// SPDX-License-Identifier: Apache-2.0
//
// What most sources include, read once where OTEL_PRECOMPILE is on. Sources still include what they use:
// other builds have none of this.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>
