// SPDX-License-Identifier: Apache-2.0
//
// The lines of a go.mod, a go.work or a vendor/modules.txt as words. What the words mean is said elsewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace otel::gotool {

// The words of one line without its comment; quoted words lose their quotes.
std::vector<std::string> module_line_words(std::string_view line);

// A word as such a line has it: quoted where it must be.
std::string quote_module_word(const std::string& word);

// One line of a go.mod or go.work (golang.org/ref/mod#go-mod-file-lexical).
struct ModuleLine {
  std::string_view text;  // of the whole line, without its newline
  std::vector<std::string>
      words;  // of its directive, those in a block with the block's word in front; none for
              // the first and the last line of a block, and where there is no directive
};

std::vector<ModuleLine> parse_module_lines(std::string_view text);

}  // namespace otel::gotool
