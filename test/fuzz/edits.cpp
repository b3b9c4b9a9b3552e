// SPDX-License-Identifier: Apache-2.0
//
// Edits against a model that holds, for each byte, the texts in front of it and whether it goes.
#include "syntax/edits.h"

#include <vector>

#include "base/error.h"

#include "fuzz.h"

namespace {

using otel::fuzz::check;
using otel::syntax::Edits;
using otel::syntax::Span;

// One byte of the input after the other; zeros behind the last.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool empty() const { return at_ == size_; }
  std::size_t next() { return empty() ? 0 : data_[at_++]; }
  std::string text(std::size_t length) {
    std::string text;
    while (text.size() < length) text += next() % 4 == 0 ? '\n' : static_cast<char>('a' + text.size() % 26);
    return text;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

class Model {
 public:
  explicit Model(const std::string& bytes) : bytes_(bytes), before_(bytes.size() + 1), gone_(bytes.size()) {}

  // Whether the edits allow it: nothing inside of a replaced span.
  bool insert(std::size_t offset, const std::string& text) {
    for (const auto& [span, replacement] : replaced_)
      if (offset > span.begin && offset < span.end) return false;
    before_[offset] += text;
    return true;
  }
  bool replace(Span span, const std::string& text) {
    if (span.empty()) return insert(span.begin, text);
    for (std::size_t i = span.begin; i < span.end; ++i)
      if (gone_[i] || (i > span.begin && !before_[i].empty())) return false;
    for (std::size_t i = span.begin; i < span.end; ++i) gone_[i] = true;
    replaced_.push_back({span, text});
    return true;
  }
  std::string apply() const {
    std::string result;
    for (std::size_t i = 0; i <= bytes_.size(); ++i) {
      result += before_[i];
      for (const auto& [span, text] : replaced_)
        if (span.begin == i) result += text;
      if (i < bytes_.size() && !gone_[i]) result += bytes_[i];
    }
    return result;
  }

 private:
  std::string bytes_;
  std::vector<std::string> before_;
  std::vector<bool> gone_;
  std::vector<std::pair<Span, std::string>> replaced_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  auto bytes = input.text(input.next() % 64);
  Edits edits;
  Model model(bytes);
  while (!input.empty()) {
    std::size_t kind = input.next(), begin = input.next() % (bytes.size() + 1);
    std::size_t end = begin + input.next() % (bytes.size() + 1 - begin);
    auto text = input.text(1 + input.next() % 5);
    bool allowed = kind % 2 == 0 ? model.insert(begin, text) : model.replace({begin, end}, text), done = true;
    try {
      if (kind % 2 == 0)
        edits.insert(begin, text);
      else
        edits.replace({begin, end}, text);
    } catch (const otel::base::InternalError&) {
      done = false;
    }
    check(done == allowed, "edits refuse what overlaps, and nothing else");
  }
  check(edits.apply(bytes) == model.apply(), "edits apply as the model does");
  edits.keeps_lines(bytes);
  return 0;
}
