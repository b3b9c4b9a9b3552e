// SPDX-License-Identifier: Apache-2.0
//
// The file after -overlay (cmd/go/internal/fsys.OverlayJSON): which text go is to see at a path.
//
// In JSON a path is UTF-8, as go reads it; on Unix it is any bytes. What isn't UTF-8 is written relative to
// the directory that go runs in, which then need not be named.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace otel::plan {

// Path that go sees to the path of the backing file; an empty backing path hides the file.
using Overlay = std::map<std::string, std::string>;

// `directory` is where go runs. Where relative paths are written, it is in the text too, under a key that go
// doesn't know, for tool processes, which run elsewhere.
std::string render_overlay(const Overlay& overlay, const std::string& directory);

// A path that can't be written, as it isn't UTF-8 even when it is relative; nothing if there is none.
std::optional<std::string> find_unwritable(const Overlay& overlay, const std::string& directory);

// Reads an overlay; `file` is its name for messages. Relative paths are relative to `directory`, unless the
// text names one.
Overlay parse_overlay(const std::string& file, std::string_view text, std::string directory);

}  // namespace otel::plan
