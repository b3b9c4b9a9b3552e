// SPDX-License-Identifier: Apache-2.0
#include "gotool/module_version.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"

namespace otel::gotool {
namespace {

struct Parsed {
  std::array<std::string_view, 3> numbers{"0", "0", "0"};
  std::vector<std::string_view> prerelease;
};

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos &&
         (text.size() == 1 || text[0] != '0');
}

std::optional<Parsed> parse_version(std::string_view version) {
  if (version.empty() || version[0] != 'v') return std::nullopt;
  version.remove_prefix(1);
  version = version.substr(0, version.find('+'));
  Parsed parsed;
  auto dash = version.find('-');
  if (dash != std::string_view::npos) {
    parsed.prerelease = base::split(version.substr(dash + 1), '.');
    if (parsed.prerelease.empty()) return std::nullopt;
    version = version.substr(0, dash);
  }
  auto numbers = base::split(version, '.');
  if (numbers.empty() || numbers.size() > 3) return std::nullopt;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!is_number(numbers[i])) return std::nullopt;
    parsed.numbers[i] = numbers[i];
  }
  return parsed;
}

std::weak_ordering compare_numbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

std::weak_ordering compare_prerelease(const std::vector<std::string_view>& a,
                                      const std::vector<std::string_view>& b) {
  if (a.empty() || b.empty())
    return b.size() == a.size() ? std::weak_ordering::equivalent : (a.empty() <=> b.empty());
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    bool a_number = is_number(a[i]), b_number = is_number(b[i]);
    // A number comes before a token.
    if (a_number != b_number) return a_number ? std::weak_ordering::less : std::weak_ordering::greater;
    auto order = a_number ? compare_numbers(a[i], b[i]) : std::weak_ordering(a[i].compare(b[i]) <=> 0);
    if (order != 0) return order;
  }
  return a.size() <=> b.size();
}

// Go releases are compared as module versions: "go1.26.8" and "1.26rc1" become v1.26.8 and v1.26.0-rc.1.
std::string as_module_version(std::string_view version) {
  if (version.substr(0, 2) == "go") version.remove_prefix(2);
  if (version.empty() || version[0] == 'v') return std::string(version);
  version = version.substr(0, version.find(' '));
  auto end = version.find_first_not_of("0123456789.");
  if (end == std::string_view::npos) return fmt::format("v{}", version);
  return fmt::format("v{}-{}", version.substr(0, end), version.substr(end));
}

}  // namespace

bool is_valid_version(std::string_view version) {
  return parse_version(version).has_value();
}

std::weak_ordering compare_versions(std::string_view a, std::string_view b) {
  auto x = parse_version(a), y = parse_version(b);
  if (!x || !y) return x.has_value() <=> y.has_value();
  for (std::size_t i = 0; i < 3; ++i)
    if (auto order = compare_numbers(x->numbers[i], y->numbers[i]); order != 0) return order;
  return compare_prerelease(x->prerelease, y->prerelease);
}

std::weak_ordering compare_go_lines(std::string_view a, std::string_view b) {
  auto as_version = [](std::string_view line) {
    auto version = as_module_version(line);
    bool language = base::split(line, '.').size() == 2 && version.find('-') == std::string::npos;
    // "-0" comes before every other pre-release.
    return language && compare_versions(version, "v1.21") >= 0 ? version + "-0" : version;
  };
  return compare_versions(as_version(a), as_version(b));
}

std::optional<VersionRange> VersionRange::parse(std::string_view text, std::string* why) {
  VersionRange range;
  range.text_ = text;
  for (auto part : base::split(text, ',')) {
    part = base::trim(part);
    std::string_view comparison = "=";
    for (std::string_view known : {">=", "<=", "!=", ">", "<", "="}) {
      if (part.substr(0, known.size()) != known) continue;
      comparison = known;
      part = base::trim(part.substr(known.size()));
      break;
    }
    auto version = as_module_version(part);
    if (!is_valid_version(version)) {
      *why = part.empty() ? "missing version" : fmt::format("invalid version \"{}\"", part);
      return std::nullopt;
    }
    range.bounds_.push_back({std::string(comparison), version});
  }
  if (range.bounds_.empty()) {
    *why = "empty range";
    return std::nullopt;
  }
  return range;
}

bool VersionRange::contains(std::string_view version) const {
  if (version.empty()) return true;
  auto plain = as_module_version(version);
  return std::all_of(bounds_.begin(), bounds_.end(), [&](const Bound& bound) {
    auto order = compare_versions(plain, bound.version);
    if (bound.comparison == "=") return order == 0;
    if (bound.comparison == "!=") return order != 0;
    if (bound.comparison == "<") return order < 0;
    if (bound.comparison == "<=") return order <= 0;
    return bound.comparison == ">" ? order > 0 : order >= 0;
  });
}

}  // namespace otel::gotool
