// SPDX-License-Identifier: Apache-2.0
#include "syntax/scanner.h"

#include "syntax/keywords.h"

#include "catch.h"

namespace otel::syntax {
namespace {

// All tokens but EndOfFile: kinds, with the text of what has one; an automatic semicolon is "⏎".
std::string describe(std::string_view source) {
  SourceFile file("x.go", std::string(source));
  std::string all;
  for (const Token& token : scan(file)) {
    if (token.is(TokenKind::EndOfFile)) break;
    if (!all.empty()) all += ' ';
    std::string text(file.text({token.begin, token.end}));
    bool is_literal = token.kind >= TokenKind::Int && token.kind <= TokenKind::String;
    if (token.is(TokenKind::AutoSemicolon))
      all += "⏎";
    else if (is_literal || token.is(TokenKind::Invalid))
      all += std::string(spelling(token.kind)) + ":" + text;
    else
      all += text;
  }
  return all;
}

struct Case {
  std::string source;
  std::string expected;
};

void check_all(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.source);
    CHECK(describe(c.source) == c.expected);
  }
}

TEST_CASE("a newline ends a statement behind an operand, and nowhere else") {
  check_all({
      {"x\ny", "x ⏎ y ⏎"},
      {"x +\ny", "x + y ⏎"},
      {"x;\n", "x ;"},
      {"f(\n)\n", "f ( ) ⏎"},
      {"return\nbreak\ncontinue\nfallthrough\n", "return ⏎ break ⏎ continue ⏎ fallthrough ⏎"},
      {"if\nfunc\ntype\n", "if func type"},
      {"i++\ni--\n", "i ++ ⏎ i -- ⏎"},
      {"1\n'a'\n\"s\"\n`r`\n", "INT:1 ⏎ CHAR:'a' ⏎ STRING:\"s\" ⏎ STRING:`r` ⏎"},
      {"a]\n}\n", "a ] ⏎ } ⏎"},
      {"x\r\ny\r\n", "x ⏎ y ⏎"},
      {"\n\n", ""},
      {"", ""},
  });
}

TEST_CASE("what is nested deeper than anybody does by hand is not valid") {
  auto nested = [](std::size_t depth) {
    SourceFile file("x.go", std::string(depth, '(') + "x" + std::string(depth, ')'));
    return scan(file).valid();
  };
  CHECK(nested(5000));
  CHECK_FALSE(nested(5001));
}

TEST_CASE("comments count as what they contain") {
  check_all({
      {"x // c\ny", "x ⏎ y ⏎"},
      {"x // c", "x ⏎"},
      {"x /* c */ y", "x y ⏎"},
      {"x /* c\n */ y", "x ⏎ y ⏎"},
      {"x /* c */ /* d\n\n */ y", "x ⏎ y ⏎"},
      {"x + /* c\n */ y", "x + y ⏎"},
      {"x /*/ not closed yet */ y", "x y ⏎"},
      {"x /* ** **/ / y", "x / y ⏎"},
      {"x /* c */\n", "x ⏎"},
  });
}

TEST_CASE("numbers end where go/scanner ends them") {
  check_all({
      {"0 00 0x1F 0XaB_cD 0o17 0b101 1_000",
       "INT:0 INT:00 INT:0x1F INT:0XaB_cD INT:0o17 INT:0b101 INT:1_000 ⏎"},
      {"1. .5 1.5e+3 1E9 07.5", "FLOAT:1. FLOAT:.5 FLOAT:1.5e+3 FLOAT:1E9 FLOAT:07.5 ⏎"},
      {"0x1p-2 0x.8P1 0x_1.e0p+1", "FLOAT:0x1p-2 FLOAT:0x.8P1 FLOAT:0x_1.e0p+1 ⏎"},
      {"1i 0x1i 1.5e3i .5i 0b1i", "IMAG:1i IMAG:0x1i IMAG:1.5e3i IMAG:.5i IMAG:0b1i ⏎"},
      {"1+2", "INT:1 + INT:2 ⏎"},
      {"0xe+1", "INT:0xe + INT:1 ⏎"},
      {"a.b1 x[1:]", "a . b1 x [ INT:1 : ] ⏎"},
      {"1...", "FLOAT:1. . ."},
      {"3x", "INT:3 x ⏎"},
  });
}

TEST_CASE("strings and runes end at their quote") {
  check_all({
      {R"("a\"b" "\\" "")", R"(STRING:"a\"b" STRING:"\\" STRING:"" ⏎)"},
      {R"('\'' '"' '\\' '世')", R"(CHAR:'\'' CHAR:'"' CHAR:'\\' CHAR:'世' ⏎)"},
      {"`a\nb\\` x", "STRING:`a\nb\\` x ⏎"},
      {"`\r\n`", "STRING:`\r\n` ⏎"},
      {R"("'`" '`')", R"(STRING:"'`" CHAR:'`' ⏎)"},
      {R"("// no comment" "/*")", R"(STRING:"// no comment" STRING:"/*" ⏎)"},
      {std::string("\"a\0b\"", 5), std::string("STRING:\"a\0b\" ⏎", 16)},
  });
}

TEST_CASE("operators are as long as possible") {
  check_all({
      {"a<<=b>>=c&^=d&^e", "a <<= b >>= c &^= d &^ e ⏎"},
      {"a<-b<=c<d<<e", "a <- b <= c < d << e ⏎"},
      {"a&&b||c&d|e^f&=g|=h^=i", "a && b || c & d | e ^ f &= g |= h ^= i ⏎"},
      {"a:=b:c==d=e!=!f", "a := b : c == d = e != ! f ⏎"},
      {"a+=b-=c*=d/=e%=f", "a += b -= c *= d /= e %= f ⏎"},
      {"a+b-c*d/e%f>g>=h>>i", "a + b - c * d / e % f > g >= h >> i ⏎"},
      {"a...b.c..d", "a ... b . c . . d ⏎"},
      {"a+++b---c", "a ++ + b -- - c ⏎"},
      {"~a,b;", "~ a , b ;"},
  });
}

TEST_CASE("identifiers may have letters and digits of any script") {
  check_all({
      {"größe_1 日本 ñ x٣ _", "größe_1 日本 ñ x٣ _ ⏎"},
      {"funcs gone Type rangeé", "funcs gone Type rangeé ⏎"},
      {"٣x", "ILLEGAL:٣ x ⏎"},  // a digit cannot be first
      {"x≠y", "x ILLEGAL:≠ y ⏎"},
      {"xé≠", "xé ILLEGAL:≠ ⏎"},
  });
}

TEST_CASE("every keyword is found, and only as a whole word") {
  int keywords = 0;
  for (auto kind = TokenKind::Break; kind <= TokenKind::Var;
       kind = static_cast<TokenKind>(static_cast<int>(kind) + 1)) {
    std::string word(spelling(kind));
    CAPTURE(word);
    CHECK(keyword_or_identifier(word.data(), word.size()) == kind);
    CHECK(keyword_or_identifier(word.data(), word.size() - 1) != kind);
    CHECK(keyword_or_identifier((word + "s").data(), word.size() + 1) == TokenKind::Identifier);
    ++keywords;
  }
  CHECK(keywords == 25);
}

TEST_CASE("a byte order mark is skipped at the start and nowhere else") {
  check_all({
      {"\xEF\xBB\xBFx", "x ⏎"},
      {"x \xEF\xBB\xBFy", "x ILLEGAL:\xEF\xBB\xBF y ⏎"},
      {"\xEF\xBB", "ILLEGAL:\xEF ILLEGAL:\xBB"},
  });
}

TEST_CASE("what Go does not know is Invalid, and the file goes on behind it") {
  check_all({
      {"a # b", "a ILLEGAL:# b ⏎"},
      {"a $\nb", "a ILLEGAL:$ ⏎ b ⏎"},
      {"\"open\nx", "ILLEGAL:\"open ⏎ x ⏎"},
      {"\"open\\", "ILLEGAL:\"open\\ ⏎"},
      {"'o\nx", "ILLEGAL:'o ⏎ x ⏎"},
      {"`open\nx", "ILLEGAL:`open\nx ⏎"},
      {"/* open\nx", "ILLEGAL:/* open\nx"},
      {"x /* open\n", "x ILLEGAL:/* open\n ⏎"},
      {std::string("a\0b", 3), std::string("a ILLEGAL:\0 b ⏎", 17)},
      {"a\xFF\xC0\xAF", "a ILLEGAL:\xFF ILLEGAL:\xC0 ILLEGAL:\xAF ⏎"},
      {"\xED\xA0\x80", "ILLEGAL:\xED ILLEGAL:\xA0 ILLEGAL:\x80"},  // a surrogate
  });
}

TEST_CASE("valid says whether tokens and brackets are in order") {
  struct {
    std::string source;
    bool valid;
  } const cases[] = {
      {"f(a[1], {})", true}, {"a ? b", false}, {"(", false}, {")", false}, {"(]", false}, {"([)]", false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.source);
    CHECK(scan(SourceFile("x.go", c.source)).valid() == c.valid);
  }
}

// For each token the index of its partner.
std::vector<std::uint32_t> partners(std::string_view source) {
  std::vector<std::uint32_t> all;
  for (const Token& token : scan(SourceFile("x.go", std::string(source)))) all.push_back(token.partner);
  return all;
}

TEST_CASE("a bracket knows its partner, any other token itself") {
  using Indices = std::vector<std::uint32_t>;
  CHECK(partners("x({})+[a]") == Indices{0, 4, 3, 2, 1, 5, 8, 7, 6, 9, 10});
  CHECK(partners("") == Indices{0});
  SECTION("without a partner it is its own") {
    CHECK(partners("({)") == Indices{2, 1, 0, 3, 4});  // the brace never closes
    CHECK(partners("{)}") == Indices{2, 1, 0, 3, 4});  // nothing opened for the parenthesis
    CHECK(partners("[[]") == Indices{0, 2, 1, 3, 4});  // the innermost takes it
    CHECK(partners("([)]") == Indices{2, 1, 0, 3, 4, 5});
  }
}

TEST_CASE("step jumps over brackets and stays in the file") {
  TokenList tokens = scan(SourceFile("x.go", "f(a) {"));
  CHECK(tokens.step(0) == 1);
  CHECK(tokens.step(1) == 4);
  CHECK(tokens.step(4) == 5);  // an unpaired brace is one step
  CHECK(tokens.step(5) == 5);
}

TEST_CASE("an automatic semicolon stands in front of the newline that made it") {
  auto offset_of_semicolon = [](std::string_view source) {
    for (const Token& token : scan(SourceFile("x.go", std::string(source)))) {
      if (token.is(TokenKind::AutoSemicolon)) return token.begin == token.end ? int(token.begin) : -1;
    }
    return -2;
  };
  CHECK(offset_of_semicolon("x\n") == 1);
  CHECK(offset_of_semicolon("x \r\n") == 3);
  CHECK(offset_of_semicolon("x // c\n") == 6);
  CHECK(offset_of_semicolon("x /* \n */ y") == 5);
  CHECK(offset_of_semicolon("x") == 1);
  CHECK(offset_of_semicolon("+\n") == -2);
}

TEST_CASE("comments are kept beside the tokens") {
  SourceFile file("x.go", "// a\r\nx /* b\n*/ // c\ry\n//");
  TokenList tokens = scan(file);
  std::vector<std::string> texts;
  for (Span comment : tokens.comments()) texts.emplace_back(file.text(comment));
  CHECK(texts == std::vector<std::string>{"// a", "/* b\n*/", "// c\ry", "//"});
}

}  // namespace
}  // namespace otel::syntax
