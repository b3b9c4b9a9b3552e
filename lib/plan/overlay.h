// SPDX-License-Identifier: Apache-2.0
//
// The file behind -overlay (cmd/go/internal/fsys.OverlayJSON): which text go is to see at a path.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace otel::plan {

// Path that go sees to the path of the backing file; an empty backing path hides the file.
using Overlay = std::map<std::string, std::string>;

std::string render_overlay(const Overlay& overlay);

// Reads an overlay of the user's; `file` is its name for messages. Relative paths are relative to `folder`.
Overlay parse_overlay(const std::string& file, std::string_view text, const std::string& folder);

}  // namespace otel::plan
