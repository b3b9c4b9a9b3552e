// SPDX-License-Identifier: Apache-2.0
//
//   bytes:   x := `a`  // note ⏎ y
//                   ^begin   ^at_          everything before at_ is in tokens_ or comments_
//
// The bytes end in a zero byte, and a zero byte stops every inner loop; so only the code that meets one has
// to ask whether the file ends there. The one state between tokens is nlsemi_: whether a newline ends a
// statement.
#include "syntax/scanner.h"

#include <array>
#include <cstring>

#include "syntax/keywords.h"
#include "syntax/unicode.h"

namespace otel::syntax {
namespace {

// What a byte can be part of; the first group decides what kind of token starts with it.
enum ByteClass : std::uint8_t {
  kOperator = 0,  // and all bytes that start nothing
  kSpace,
  kNewline,
  kLetter,
  kDigit,
  kBracket,
  kBeyondAscii,
  kStartMask = 7,
  kWord = 8,         // letter, digit or _
  kHexDigit = 16,    // or _
  kStringStop = 32,  // where the loop over an interpreted string has to look
};

constexpr std::array<std::uint8_t, 256> make_class_table() {
  std::array<std::uint8_t, 256> table{};
  auto add = [&table](const char* bytes, int classes) {
    for (const char* at = bytes; *at != 0; ++at) {
      auto& entry = table[static_cast<unsigned char>(*at)];
      entry = static_cast<std::uint8_t>(entry | classes);
    }
  };
  add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", kLetter | kWord);
  add("0123456789", kDigit | kWord);
  add("0123456789abcdefABCDEF_", kHexDigit);
  add(" \t\r", kSpace);
  add("\n", kNewline | kStringStop);
  add("\"\\", kStringStop);
  add("()[]{}", kBracket);
  table[0] = kStringStop;
  for (std::size_t byte = 0x80; byte < 256; ++byte) table[byte] = kBeyondAscii;
  return table;
}
constexpr std::array<std::uint8_t, 256> kClasses = make_class_table();

std::uint8_t classes(char byte) {
  return kClasses[static_cast<unsigned char>(byte)];
}
int start_class(char byte) {
  return classes(byte) & kStartMask;
}
char lower(char byte) {
  return static_cast<char>(byte | 0x20);
}

// A newline after such a token becomes a semicolon.
bool ends_statement(TokenKind kind) {
  using enum TokenKind;
  switch (kind) {
    case Identifier:
    case Int:
    case Float:
    case Imaginary:
    case Rune:
    case String:
    case Break:
    case Continue:
    case Fallthrough:
    case Return:
    case Increment:
    case Decrement:
    case RightParen:
    case RightBracket:
    case RightBrace:
      return true;
    default:
      return false;
  }
}

class Scanner {
 public:
  explicit Scanner(std::string_view bytes)
      : base_(bytes.data()), end_(bytes.data() + bytes.size()), at_(bytes.data()) {
    tokens_.reserve(bytes.size() / 4 + 8);
  }

  TokenList run();

 private:
  std::uint32_t offset(const char* at) const { return static_cast<std::uint32_t>(at - base_); }
  std::uint32_t next_index() const { return static_cast<std::uint32_t>(tokens_.size()); }
  void add(TokenKind kind, const char* begin) {
    tokens_.push_back({kind, offset(begin), offset(at_), next_index()});
  }
  void add_auto_semicolon(const char* newline) {
    if (nlsemi_)
      tokens_.push_back({TokenKind::AutoSemicolon, offset(newline), offset(newline), next_index()});
    nlsemi_ = false;
  }
  void add_invalid(const char* begin) {
    add(TokenKind::Invalid, begin);
    valid_ = false;
  }

  void scan_word(const char* begin);
  void scan_word_beyond_ascii();
  void scan_number(const char* begin);
  void scan_digits(bool hex);
  void scan_bracket(const char* begin);
  void scan_beyond_ascii(const char* begin);
  bool scan_rest(const char* begin);
  void scan_quoted(const char* begin, char quote, TokenKind kind);
  void scan_raw_string(const char* begin);
  void scan_line_comment(const char* begin);
  void scan_general_comment(const char* begin);
  TokenKind scan_operator();
  TokenKind if_equals(TokenKind yes, TokenKind no);
  void match_bracket(TokenKind opening);

  const char* const base_;
  const char* const end_;
  const char* at_;
  bool nlsemi_ = false;
  bool valid_ = true;
  std::vector<Token> tokens_;
  std::vector<Span> comments_;
  std::vector<std::uint32_t> open_;            // indices of the opening brackets that wait for their partner
  std::array<std::uint32_t, 3> open_count_{};  // how many of them are ( [ {
};

// Readers of expressions call themselves for what is in brackets. Nobody nests them a tenth as deep by hand.
constexpr std::size_t kDeepest = 5000;

TokenList Scanner::run() {
  if (std::string_view(base_, end_).starts_with("\xEF\xBB\xBF")) at_ += 3;
  for (bool more = true; more;) {
    while (start_class(*at_) == kSpace) ++at_;
    const char* begin = at_;
    switch (start_class(*at_)) {
      case kNewline:
        add_auto_semicolon(at_++);
        break;
      case kLetter:
        scan_word(begin);
        break;
      case kDigit:
        scan_number(begin);
        break;
      case kBracket:
        scan_bracket(begin);
        break;
      case kBeyondAscii:
        scan_beyond_ascii(begin);
        break;
      default:
        more = scan_rest(begin);
    }
  }
  add_auto_semicolon(at_);
  add(TokenKind::EndOfFile, at_);
  return {std::move(tokens_), std::move(comments_), valid_ && open_.empty()};
}

// Everything that starts with an operator's first byte, a quote, or a zero byte. False at the end of the
// file.
bool Scanner::scan_rest(const char* begin) {
  switch (*at_) {
    case 0:
      if (at_ == end_) return false;
      ++at_;
      add_invalid(begin);
      return true;
    case '"':
      scan_quoted(begin, '"', TokenKind::String);
      return true;
    case '\'':
      scan_quoted(begin, '\'', TokenKind::Rune);
      return true;
    case '`':
      scan_raw_string(begin);
      return true;
    case '.':
      if (start_class(at_[1]) != kDigit) break;
      scan_number(begin);
      return true;
    case '/':
      if (at_[1] == '/') return scan_line_comment(begin), true;
      if (at_[1] == '*') return scan_general_comment(begin), true;
      break;
    default:
      break;
  }
  TokenKind kind = scan_operator();
  if (kind == TokenKind::Invalid) {
    ++at_;
    add_invalid(begin);  // nlsemi_ stays: a stray byte after an operand does not join two lines
    return true;
  }
  add(kind, begin);
  nlsemi_ = ends_statement(kind);
  return true;
}

void Scanner::scan_word(const char* begin) {
  do ++at_;
  while (classes(*at_) & kWord);
  if (start_class(*at_) == kBeyondAscii) scan_word_beyond_ascii();
  TokenKind kind = keyword_or_identifier(begin, static_cast<std::size_t>(at_ - begin));
  add(kind, begin);
  nlsemi_ = ends_statement(kind);
}

// The rest of an identifier from its first character beyond ASCII on.
void Scanner::scan_word_beyond_ascii() {
  for (;;) {
    if (classes(*at_) & kWord) {
      ++at_;
      continue;
    }
    if (start_class(*at_) != kBeyondAscii) return;
    DecodedRune decoded = decode_utf8(at_);
    if (!is_letter(decoded.rune) && !is_digit(decoded.rune)) return;
    at_ += decoded.width;
  }
}

void Scanner::scan_beyond_ascii(const char* begin) {
  DecodedRune decoded = decode_utf8(at_);
  at_ += decoded.width;
  if (!is_letter(decoded.rune)) return add_invalid(begin);
  scan_word_beyond_ascii();
  add(TokenKind::Identifier, begin);
  nlsemi_ = true;
}

void Scanner::scan_digits(bool hex) {
  if (hex) {
    while (classes(*at_) & kHexDigit) ++at_;
  } else {
    while (start_class(*at_) == kDigit || *at_ == '_') ++at_;
  }
}

void Scanner::scan_number(const char* begin) {
  TokenKind kind = TokenKind::Int;
  bool hex = false;
  if (*at_ == '0') {
    ++at_;
    char base = lower(*at_);
    hex = base == 'x';
    if (base == 'x' || base == 'o' || base == 'b') ++at_;
  }
  scan_digits(hex);
  if (*at_ == '.') {
    kind = TokenKind::Float;
    ++at_;
    scan_digits(hex);
  }
  if (lower(*at_) == 'e' || lower(*at_) == 'p') {
    kind = TokenKind::Float;
    ++at_;
    if (*at_ == '+' || *at_ == '-') ++at_;
    scan_digits(false);
  }
  if (*at_ == 'i') {
    kind = TokenKind::Imaginary;
    ++at_;
  }
  add(kind, begin);
  nlsemi_ = true;
}

// A string or rune that ends on its line.
void Scanner::scan_quoted(const char* begin, char quote, TokenKind kind) {
  ++at_;
  for (;; ++at_) {
    if (quote == '"') {
      while (!(classes(*at_) & kStringStop)) ++at_;
    }
    if (*at_ == quote) break;
    if (*at_ == '\\' && (at_[1] == quote || at_[1] == '\\')) ++at_;
    if (*at_ == '\n' || at_ == end_) {
      add_invalid(begin);
      nlsemi_ = true;
      return;
    }
  }
  ++at_;
  add(kind, begin);
  nlsemi_ = true;
}

void Scanner::scan_raw_string(const char* begin) {
  const void* close = std::memchr(at_ + 1, '`', static_cast<std::size_t>(end_ - at_ - 1));
  nlsemi_ = true;
  if (close == nullptr) {
    at_ = end_;
    return add_invalid(begin);
  }
  at_ = static_cast<const char*>(close) + 1;
  add(TokenKind::String, begin);
}

void Scanner::scan_line_comment(const char* begin) {
  const void* newline = std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_));
  at_ = newline == nullptr ? end_ : static_cast<const char*>(newline);
  std::uint32_t end = offset(at_);
  if (at_[-1] == '\r') --end;
  comments_.push_back({offset(begin), end});
}

// A general comment with a newline in it acts like a newline.
void Scanner::scan_general_comment(const char* begin) {
  std::string_view rest(begin, static_cast<std::size_t>(end_ - begin));
  std::size_t close = rest.find("*/", 2);
  bool terminated = close != std::string_view::npos;
  at_ = terminated ? begin + close + 2 : end_;
  comments_.push_back({offset(begin), offset(at_)});
  if (!terminated) return add_invalid(begin);
  if (!nlsemi_) return;
  const void* newline = std::memchr(begin, '\n', static_cast<std::size_t>(at_ - begin));
  if (newline != nullptr) add_auto_semicolon(static_cast<const char*>(newline));
}

void Scanner::scan_bracket(const char* begin) {
  using enum TokenKind;
  TokenKind kind = scan_operator();
  add(kind, begin);
  nlsemi_ = is_closing(kind);
  if (kind == RightParen) return match_bracket(LeftParen);
  if (kind == RightBracket) return match_bracket(LeftBracket);
  if (kind == RightBrace) return match_bracket(LeftBrace);
  open_.push_back(next_index() - 1);
  if (open_.size() > kDeepest) valid_ = false;
  ++open_count_[static_cast<std::size_t>(kind) - static_cast<std::size_t>(LeftParen)];
}

// Gives the closing bracket just added the innermost opening one of its sort; those opened since then stay
// without a partner. Each token is dropped from open_ once, so this is linear over the file.
void Scanner::match_bracket(TokenKind opening) {
  constexpr auto kFirst = static_cast<std::size_t>(TokenKind::LeftParen);
  std::uint32_t closing = next_index() - 1;
  if (open_count_[static_cast<std::size_t>(opening) - kFirst] == 0) {
    valid_ = false;
    return;
  }
  for (;;) {
    std::uint32_t index = open_.back();
    TokenKind kind = tokens_[index].kind;
    open_.pop_back();
    --open_count_[static_cast<std::size_t>(kind) - kFirst];
    if (kind == opening) {
      tokens_[index].partner = closing;
      tokens_[closing].partner = index;
      return;
    }
    valid_ = false;
  }
}

TokenKind Scanner::if_equals(TokenKind yes, TokenKind no) {
  if (*at_ != '=') return no;
  ++at_;
  return yes;
}

// The longest operator at at_, which then stands after it; Invalid, and at_ unmoved, if there is none.
TokenKind Scanner::scan_operator() {
  using enum TokenKind;
  auto next_is = [this](char byte) { return *at_ == byte && (++at_, true); };
  switch (*at_++) {  // clang-format off
    case '(': return LeftParen;
    case ')': return RightParen;
    case '[': return LeftBracket;
    case ']': return RightBracket;
    case '{': return LeftBrace;
    case '}': return RightBrace;
    case ',': return Comma;
    case ';': return Semicolon;
    case '~': return Tilde;
    case '.':
      if (at_[0] != '.' || at_[1] != '.') return Period;
      at_ += 2;
      return Ellipsis;
    case ':': return if_equals(Define, Colon);
    case '*': return if_equals(MulAssign, Mul);
    case '/': return if_equals(QuoAssign, Quo);
    case '%': return if_equals(RemAssign, Rem);
    case '^': return if_equals(XorAssign, Xor);
    case '=': return if_equals(Equal, Assign);
    case '!': return if_equals(NotEqual, Not);
    case '+': return next_is('+') ? Increment : if_equals(AddAssign, Add);
    case '-': return next_is('-') ? Decrement : if_equals(SubAssign, Sub);
    case '|': return next_is('|') ? LogicalOr : if_equals(OrAssign, Or);
    case '&':
      if (next_is('&')) return LogicalAnd;
      return next_is('^') ? if_equals(AndNotAssign, AndNot) : if_equals(AndAssign, And);
    case '<':
      if (next_is('-')) return Arrow;
      return next_is('<') ? if_equals(ShlAssign, Shl) : if_equals(LessEqual, Less);
    case '>':
      return next_is('>') ? if_equals(ShrAssign, Shr) : if_equals(GreaterEqual, Greater);
    default:
      --at_;
      return Invalid;
  }  // clang-format on
}

}  // namespace

std::size_t TokenList::step(std::size_t index) const {
  if (is_opening(tokens_[index].kind)) index = tokens_[index].partner;
  return index + 1 < tokens_.size() ? index + 1 : index;
}

TokenList scan(const SourceFile& file) {
  return Scanner(file.bytes()).run();
}

}  // namespace otel::syntax
