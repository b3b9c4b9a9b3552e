// SPDX-License-Identifier: Apache-2.0
//
// The key "trust" of a project's rule file, edited as text: comments and the order of everything stay.
#pragma once

#include <string>
#include <string_view>

namespace otel::rules {

// The text of the file `name` with consent to a module's rules: the entry of that module with a digest is
// replaced, or one is added to the list, or the list to the file; an empty text becomes a whole file. An
// Error with its place where the list is written in a way that can't be added to, with the line to write by
// hand.
std::string add_trust(const std::string& name, std::string_view text, const std::string& module,
                      const std::string& digest);

}  // namespace otel::rules
