// SPDX-License-Identifier: Apache-2.0
#include "observe/redacted_command.h"

#include "catch.h"

namespace otel::observe {
namespace {

TEST_CASE("a command is shown without secrets") {
  struct Case {
    std::vector<std::string> arguments;
    std::string shown;
  };
  const Case cases[] = {
      {{"build", "-o", "x", "."}, "go build -o x ."},
      {{"build", "-ldflags", "-s -X main.key=hunter2", "."}, "go build -ldflags -s -X main.key=REDACTED ."},
      {{"build", "--ldflags=all=-X=main.key=hunter2 -w"}, "go build --ldflags=all=-X=main.key=REDACTED -w"},
      {{"build", "-ldflags=-X=main.key=hunter2"}, "go build -ldflags=-X=main.key=REDACTED"},
      {{"build", "-ldflags=-X 'main.key=hunter2 x' -extldflags=-lhunter2"},
       "go build -ldflags=-X main.key=REDACTED -extldflags=REDACTED"},
      {{"build", "-ldflags=-X 'main.key=hunter2"}, "go build -ldflags=REDACTED"},
      {{"build", "-gcflags", "all=-N", "-tags", "a,b"}, "go build -gcflags all=-N -tags a,b"},
      {{"test", "-exec", "ssh -p hunter2 host", "-run=Test", "./..."},
       "go test -exec ssh REDACTED -run=Test ./..."},
      {{"run", ".", "--password", "hunter2"}, "go run . …"},
      {{"test", ".", "-args", "hunter2"}, "go test . -args …"},
      {{"run", "https://u:hunter2@host/x"}, "go run https://REDACTED@host/x"},
      {{}, "go"},
  };
  for (const auto& c : cases) CHECK(redacted_command(c.arguments) == c.shown);
}

}  // namespace
}  // namespace otel::observe
