// SPDX-License-Identifier: Apache-2.0
//
//     syntax_dump < PATHS        for each path a line "TOKENS OUTLINE EDITS PATH"
//     syntax_dump --full FILE    the dumps of tokens and outline
//     syntax_dump --unicode      the code points of identifiers
//
// TOKENS and OUTLINE are hashes of the dumps, EDITS is "ok" or what does not hold.
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "syntax/edits.h"

#include "dump.h"

namespace otel::syntax {
namespace {

SourceFile read_source(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {path, std::string(std::istreambuf_iterator<char>(in), {})};
}

// FNV-1a, the same as Go's hash/fnv New64a.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325;
  for (char byte : text) {
    value ^= static_cast<unsigned char>(byte);
    value *= 0x100000001b3;
  }
  return value;
}

// What does not hold for edits of this file, or "ok".
std::string_view check_edits(const SourceFile& file, const Outline& outline) {
  Edits none;
  if (!none.empty() || none.apply(file.bytes()) != file.bytes()) return "no-edit-changes-bytes";
  if (!none.keeps_lines(file.bytes())) return "no-edit-moves-lines";
  constexpr std::string_view kImport = "; import _ \"x\"";
  Edits edits;
  edits.insert(outline.package_end, std::string(kImport));
  std::string edited = edits.apply(file.bytes());
  if (!edits.keeps_lines(file.bytes())) return "import-moves-lines";
  if (edited.erase(outline.package_end, kImport.size()) != file.bytes()) return "import-changes-bytes";
  return "ok";
}

void print_hashes(const std::string& path) {
  SourceFile file = read_source(path);
  TokenList tokens = scan(file);
  Outline declared = outline(file, tokens);
  std::printf("%016jx %016jx %s %s\n", static_cast<std::uintmax_t>(hash(dump_tokens(file, tokens))),
              static_cast<std::uintmax_t>(hash(dump_outline(file, tokens, declared))),
              std::string(check_edits(file, declared)).c_str(), path.c_str());
}

void print_full(const std::string& path) {
  SourceFile file = read_source(path);
  TokenList tokens = scan(file);
  std::cout << dump_tokens(file, tokens) << dump_outline(file, tokens, outline(file, tokens));
}

}  // namespace
}  // namespace otel::syntax

int main(int argc, char** argv) {
  std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "--full" && argc == 3) {
    otel::syntax::print_full(argv[2]);
  } else if (mode == "--unicode" && argc == 2) {
    std::cout << otel::syntax::dump_unicode();
  } else if (argc == 1) {
    for (std::string path; std::getline(std::cin, path);) otel::syntax::print_hashes(path);
  } else {
    std::cerr << "usage: syntax_dump [--full FILE | --unicode]\n";
    return 2;
  }
}
