// SPDX-License-Identifier: Apache-2.0
//
// Values for tests of what holds for all values: the same in each run.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace otel {

class RandomText {
 public:
  // Below `count`.
  std::size_t number(std::size_t count) { return engine_() % count; }
  bool coin() { return number(2) == 0; }

  template <typename Value>
  const Value& one_of(const std::vector<Value>& values) {
    return values[number(values.size())];
  }

  // Any bytes but zero, those more often that mean something in plans, command lines and JSON.
  std::string text() {
    static const std::string kSpecial = "\t\n\r\\\"'=|-/ .#:@{}";
    std::string text;
    for (auto length = number(12); length > 0; --length)
      text += coin() ? kSpecial[number(kSpecial.size())] : static_cast<char>(1 + number(255));
    return text;
  }

 private:
  std::mt19937 engine_{20'250'101};
};

}  // namespace otel
