// SPDX-License-Identifier: Apache-2.0
#include "syntax/edits.h"

#include "base/error.h"

#include "catch.h"

namespace otel::syntax {
namespace {

TEST_CASE("no edit gives the bytes back") {
  Edits edits;
  CHECK(edits.empty());
  CHECK(edits.apply("a\r\nb\0") == "a\r\nb\0");
  CHECK(edits.apply("") == "");
  CHECK(edits.keeps_lines("a\nb"));
}

TEST_CASE("edits are applied at the original offsets, in whatever order they came") {
  Edits edits;
  edits.insert(6, "!");
  edits.replace({2, 4}, "XYZ");
  edits.insert(0, ">");
  CHECK_FALSE(edits.empty());
  CHECK(edits.apply("012345") == ">01XYZ45!");
}

TEST_CASE("texts at one offset keep the order of the calls") {
  Edits edits;
  edits.insert(1, "a");
  edits.insert(1, "b");
  edits.replace({1, 1}, "c");
  CHECK(edits.apply("[]") == "[abc]");
}

TEST_CASE("an insertion can stand in front of those before it, but not of a replacement that ends there") {
  Edits edits;
  edits.replace({0, 1}, "R");
  edits.insert(1, "a");
  edits.insert(1, "b");
  edits.insert_first(1, "c");
  CHECK(edits.apply("xy") == "Rcaby");
}

TEST_CASE("an insertion stands in front of a replacement that begins there and behind one that ends there") {
  Edits edits;
  edits.replace({2, 4}, "second");
  edits.replace({0, 2}, "first");
  edits.insert(2, "|");
  edits.insert(4, ">");
  edits.insert(0, "<");
  CHECK(edits.apply("0123") == "<first|second>");
}

TEST_CASE("edits that overlap are our bug") {
  Edits edits;
  edits.replace({2, 5}, "x");
  edits.insert(7, "y");
  Span overlapping[] = {{2, 5}, {1, 3}, {4, 6}, {3, 4}, {0, 9}, {6, 8}};
  for (Span span : overlapping) {
    CAPTURE(span.begin, span.end);
    CHECK_THROWS_AS(edits.replace(span, "z"), base::InternalError);
  }
  CHECK_THROWS_WITH(edits.insert(3, "z"), "edit of bytes 3 to 3 overlaps edit of bytes 2 to 5");
  CHECK_THROWS_WITH(edits.replace({5, 4}, "z"), "edit of bytes 5 to 4");
  CHECK(edits.apply("01234567") == "01x56y7");  // and leave no trace
}

TEST_CASE("an edit behind the end is our bug") {
  Edits edits;
  edits.insert(3, "x");
  CHECK(edits.apply("012") == "012x");
  CHECK_THROWS_WITH(edits.apply("01"), "edit of bytes 3 to 3 in a text of 2 bytes");
}

TEST_CASE("keeps_lines notices a moved line") {
  const std::string_view bytes = "ab\ncd\n";
  struct {
    std::string what;
    Span span;
    std::string text;
    bool keeps;
  } const cases[] = {
      {"text without newline", {0, 0}, "; x", true},
      {"newline in front", {0, 0}, "x\n", false},
      {"newline within a line", {4, 4}, "\n", false},
      {"newline in front of the last newline", {5, 5}, "\n", false},
      {"newlines behind the last byte", {6, 6}, "\nx\n", true},
      {"line joined", {2, 3}, " ", false},
      {"newline replaced by a newline", {1, 4}, "x\ny", true},
      {"newline of the last line taken", {5, 6}, "", true},
      {"all replaced", {0, 6}, "x", true},
  };
  for (const auto& c : cases) {
    CAPTURE(c.what);
    Edits edits;
    edits.replace(c.span, c.text);
    CHECK(edits.keeps_lines(bytes) == c.keeps);
  }
}

TEST_CASE("keeps_lines looks at every byte, not only at the sum") {
  Edits edits;
  edits.insert(1, "\n");
  edits.replace({2, 3}, "");
  CHECK_FALSE(edits.keeps_lines("ab\ncd"));  // b is on line 2, though c and d are where they were
  Edits next_to_each_other;
  next_to_each_other.insert(2, "\n");
  next_to_each_other.replace({2, 3}, "");
  CHECK(next_to_each_other.keeps_lines("ab\ncd"));
}

}  // namespace
}  // namespace otel::syntax
