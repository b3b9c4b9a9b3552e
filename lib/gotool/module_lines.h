// SPDX-License-Identifier: Apache-2.0
//
// The lines of a go.mod, a go.work or a vendor/modules.txt as tokens.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::gotool {

// The tokens of one line without its comment; quoted tokens lose their quotes.
std::vector<std::string> module_line_tokens(std::string_view line);

// A token as written in such a line: quoted if it must be.
std::string quote_module_token(const std::string& token);

// One line of a go.mod or go.work (golang.org/ref/mod#go-mod-file-lexical).
struct ModuleLine {
  std::string_view text;  // of the whole line, without its newline
  std::vector<std::string>
      tokens;  // of its directive, those in a block with the block's token first; none for
               // the first and the last line of a block, and where there is no directive
};

std::vector<ModuleLine> parse_module_lines(std::string_view text);

// The text without the lines of directives that `drop` holds for. It sees their tokens.
std::string without_directives(std::string_view text,
                               const std::function<bool(const std::vector<std::string>&)>& drop);

}  // namespace otel::gotool
