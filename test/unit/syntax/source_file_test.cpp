// SPDX-License-Identifier: Apache-2.0
#include "syntax/source_file.h"

#include "catch.h"

namespace otel::syntax {
namespace {

TEST_CASE("positions count lines and bytes from 1") {
  SourceFile file("a.go", "ab\n\nä\r\nlast");
  struct {
    std::size_t offset;
    Position expected;
  } const cases[] = {
      {0, {1, 1}}, {1, {1, 2}},  {2, {1, 3}},   // the newline ends its line
      {3, {2, 1}}, {4, {3, 1}},  {6, {3, 3}},   // columns are bytes, not characters
      {8, {4, 1}}, {12, {4, 5}}, {99, {4, 5}},  // behind the end counts as the end
  };
  for (const auto& c : cases) {
    CAPTURE(c.offset);
    CHECK(file.position(c.offset).line == c.expected.line);
    CHECK(file.position(c.offset).column == c.expected.column);
  }
}

TEST_CASE("a line comes without its newline and carriage return") {
  SourceFile file("a.go", "one\r\n\nthree");
  CHECK(file.line(1) == "one");
  CHECK(file.line(2) == "");
  CHECK(file.line(3) == "three");
  CHECK(file.line(0) == "");
  CHECK(file.line(4) == "");
}

TEST_CASE("an empty file has one empty line") {
  SourceFile file("a.go", "");
  CHECK(file.position(0) == Position{1, 1});
  CHECK(file.line(1) == "");
  CHECK(file.place({0, 0}).width == 1);
}

TEST_CASE("a place is what an error message shows") {
  SourceFile file("dir/a.go", "package p\n\tvar x = `a\nb`\n");
  base::Place place = file.place({11, 14});
  CHECK(place.file == "dir/a.go");
  CHECK(place.line == 2);
  CHECK(place.column == 2);
  CHECK(place.source_line == "\tvar x = `a");
  CHECK(place.width == 3);
  CHECK(file.place({19, 24}).width == 2);  // of a raw string only what is on its first line
  CHECK(file.place({19, 19}).width == 1);
}

}  // namespace
}  // namespace otel::syntax
