// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4), for names that identify contents.
#pragma once

#include <string>
#include <string_view>

namespace otel::base {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

// The first 32 digits (128 bits): what a name or a comparison needs, also if an attacker chose the
// bytes.
std::string short_digest(std::string_view bytes);

}  // namespace otel::base
