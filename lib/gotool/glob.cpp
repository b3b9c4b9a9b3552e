// SPDX-License-Identifier: Apache-2.0
#include "gotool/glob.h"

#include <vector>

namespace otel::gotool {
namespace {

enum class Kind { Byte, AnyText, AnyName, Character };

struct Piece {
  Kind kind = Kind::Byte;
  char byte = 0;
};

std::vector<Piece> pieces_of(std::string_view glob, Wildcards wildcards) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (wildcards.dots && glob.substr(i, 3) == "...") {
      pieces.push_back({Kind::AnyText});
      i += 2;
    } else if (wildcards.star && glob[i] == '*') {
      pieces.push_back({Kind::AnyName});
    } else if (wildcards.mark && glob[i] == '?') {
      pieces.push_back({Kind::Character});
    } else {
      pieces.push_back({Kind::Byte, glob[i]});
    }
  }
  return pieces;
}

// All places that the glob can be at after the text so far: before piece i, where reached[i] is true.
class Places {
 public:
  explicit Places(std::vector<Piece> pieces) : pieces_(std::move(pieces)), reached_(pieces_.size() + 1) {
    reached_[0] = true;
    skip_empty();
  }

  void take(char byte) {
    std::vector<bool> next(reached_.size());
    bool continues = (static_cast<unsigned char>(byte) & 0xC0) == 0x80;  // a character of UTF-8
    for (std::size_t i = 0; i < reached_.size(); ++i) {
      if (!reached_[i]) continue;
      if (continues && i > 0 && pieces_[i - 1].kind == Kind::Character) next[i] = true;
      if (i == pieces_.size()) continue;
      const auto& piece = pieces_[i];
      if (piece.kind == Kind::AnyText || (piece.kind == Kind::AnyName && byte != '/')) next[i] = true;
      if (piece.kind == Kind::Byte ? byte == piece.byte
                                   : piece.kind == Kind::Character && byte != '/' && !continues)
        next[i + 1] = true;
    }
    reached_ = std::move(next);
    skip_empty();
  }

  bool at_end() const { return reached_.back(); }

 private:
  void skip_empty() {
    for (std::size_t i = 0; i < pieces_.size(); ++i)
      if (reached_[i] && (pieces_[i].kind == Kind::AnyText || pieces_[i].kind == Kind::AnyName))
        reached_[i + 1] = true;
  }

  std::vector<Piece> pieces_;
  std::vector<bool> reached_;
};

}  // namespace

bool matches_glob(std::string_view glob, std::string_view text, Wildcards wildcards) {
  Places places(pieces_of(glob, wildcards));
  for (char byte : text) places.take(byte);
  return places.at_end();
}

bool matches_package_glob(std::string_view glob, std::string_view import_path, Wildcards wildcards) {
  constexpr std::string_view kBelow = "/...";
  if (glob.ends_with(kBelow) &&
      matches_glob(glob.substr(0, glob.size() - kBelow.size()), import_path, wildcards))
    return true;
  return matches_glob(glob, import_path, wildcards);
}

}  // namespace otel::gotool
