// SPDX-License-Identifier: Apache-2.0
#include "observe/page_template.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/error.h"

namespace otel::observe {
namespace {

std::string escape(std::string_view text) {
  std::string escaped;
  for (char c : text) switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  return escaped;
}

constexpr std::string_view kPart = "<!-- part ";
constexpr std::string_view kPartEnd = " -->\n";

}  // namespace

PageTemplate::PageTemplate(std::string_view text) {
  for (auto at = text.find(kPart); at != std::string_view::npos;) {
    auto name = at + kPart.size(), begin = text.find(kPartEnd, name);
    if (begin == std::string_view::npos) throw base::InternalError("a part of a page has no name");
    auto next = text.find(kPart, begin);
    auto content = text.substr(begin + kPartEnd.size(), next - begin - kPartEnd.size());
    parts_[text.substr(name, begin - name)] = content;
    at = next;
  }
}

std::string PageTemplate::fill(std::string_view part,
                               std::initializer_list<std::pair<std::string_view, std::string>> values) const {
  auto found = parts_.find(part);
  if (found == parts_.end()) throw base::InternalError(fmt::format("a page has no part {}", part));
  auto rest = found->second;
  std::string filled;
  for (auto open = rest.find("{{"); open != std::string_view::npos; open = rest.find("{{")) {
    filled += rest.substr(0, open);
    rest.remove_prefix(open + 2);
    bool html = rest.starts_with("{");
    if (html) rest.remove_prefix(1);
    auto close = rest.find(html ? "}}}" : "}}");
    auto name = rest.substr(0, close);
    auto value = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
    if (close == std::string_view::npos || value == values.end())
      throw base::InternalError(fmt::format("{} of a page lacks {}", part, name));
    filled += html ? value->second : escape(value->second);
    rest.remove_prefix(close + (html ? 3 : 2));
  }
  return filled.append(rest);
}

}  // namespace otel::observe
