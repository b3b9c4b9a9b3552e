// SPDX-License-Identifier: Apache-2.0
#include "notation/condition.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "gotool/package_pattern.h"

namespace otel::notation {
namespace {

bool is_identifier_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// What a rule's type is spelled of, beside the marks between them: "context.Context", "int", "Item".
std::string_view take_identifier(std::string_view text) {
  static constexpr std::string_view kInPaths = "./~-+";
  std::size_t end = 0;
  while (end < text.size() &&
         (is_identifier_byte(text[end]) || kInPaths.find(text[end]) != std::string_view::npos))
    ++end;
  return text.substr(0, end);
}

// Names that are the same in a canonical type.
bool is_plain(std::string_view name) {
  static constexpr std::array<std::string_view, 27> kPredeclared = {
      "any",    "bool",   "byte",  "comparable", "complex128", "complex64", "error",  "float32", "float64",
      "int",    "int16",  "int32", "int64",      "int8",       "rune",      "string", "uint",    "uint16",
      "uint32", "uint64", "uint8", "uintptr",    "map",        "chan",      "func",   "struct",  "interface"};
  return std::isdigit(static_cast<unsigned char>(name[0])) ||
         std::find(kPredeclared.begin(), kPredeclared.end(), name) != kPredeclared.end();
}

// A canonical type while a rule's type is compared with it from the front.
class Canonical {
 public:
  explicit Canonical(std::string_view text) : text_(text) { skip_blanks(); }

  bool take(std::string_view wanted) {
    if (text_.substr(0, wanted.size()) != wanted) return false;
    bool inside = is_identifier_byte(wanted.back()) && text_.size() > wanted.size() &&
                  is_identifier_byte(text_[wanted.size()]);
    if (inside) return false;
    text_.remove_prefix(wanted.size());
    skip_blanks();
    return true;
  }
  // The import path in quotes and the period after it.
  std::optional<std::string_view> take_package() {
    auto end = text_.find("\".");
    if (text_.empty() || text_[0] != '"' || end == std::string_view::npos) return std::nullopt;
    auto path = text_.substr(1, end - 1);
    text_.remove_prefix(end + 2);
    return path;
  }
  bool at_end() const { return text_.empty(); }

 private:
  void skip_blanks() {
    while (!text_.empty() && text_[0] == ' ') text_.remove_prefix(1);
  }
  std::string_view text_;
};

bool take_name(std::string_view name, std::string_view own_package, Canonical& canonical) {
  if (is_plain(name)) return canonical.take(name);
  auto path = canonical.take_package();
  if (!path) return false;
  auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return *path == own_package && canonical.take(name);
  auto package = name.substr(0, dot);
  return (package == *path || package == gotool::customary_package_name(*path)) && dot + 1 < name.size() &&
         canonical.take(name.substr(dot + 1));
}

bool is_exported(const FunctionName& name) {
  auto upper = [](const std::string& text) { return text.empty() || (text[0] >= 'A' && text[0] <= 'Z'); };
  return upper(name.name) && upper(name.receiver);
}

bool holds_for_one(const Condition& condition, const std::vector<std::string>& types,
                   const FunctionFacts& facts) {
  return std::any_of(types.begin(), types.end(), [&](const std::string& type) {
    return matches_type(condition.text, type, facts.package);
  });
}

bool holds_at_positions(const Condition& condition, const std::vector<std::string>& types,
                        const FunctionFacts& facts) {
  return std::all_of(condition.types.begin(), condition.types.end(), [&](const auto& wanted) {
    return wanted.first < types.size() && matches_type(wanted.second, types[wanted.first], facts.package);
  });
}

bool implements_one(const Condition& condition, const std::vector<std::string>& types,
                    const FunctionFacts& facts) {
  return facts.implements && std::any_of(types.begin(), types.end(), [&](const std::string& type) {
           return facts.implements(type, condition.text, facts.package);
         });
}

}  // namespace

std::optional<CountRange> CountRange::parse(std::string_view text) {
  text = base::trim(text);
  auto digit = text.find_first_of("0123456789");
  if (digit == std::string_view::npos) return std::nullopt;
  CountRange range;
  range.comparison = base::trim(text.substr(0, digit));
  if (range.comparison.empty()) range.comparison = "=";
  static constexpr std::array<std::string_view, 6> kComparisons = {"=", "!=", "<", "<=", ">", ">="};
  auto parsed = std::from_chars(text.data() + digit, text.data() + text.size(), range.count);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() ||
      std::find(kComparisons.begin(), kComparisons.end(), range.comparison) == kComparisons.end())
    return std::nullopt;
  return range;
}

bool CountRange::contains(std::size_t number) const {
  if (comparison == "=") return number == count;
  if (comparison == "!=") return number != count;
  if (comparison == "<") return number < count;
  if (comparison == "<=") return number <= count;
  return comparison == ">" ? number > count : number >= count;
}

bool matches_type(std::string_view written, std::string_view canonical, std::string_view own_package) {
  Canonical rest(canonical);
  auto spelled = base::replace_all(std::string(written), "interface{}", "any");
  if (spelled.substr(0, 3) == "...") spelled.replace(0, 3, "[]");
  for (std::string_view at = spelled; !at.empty();) {
    if (at[0] == ' ') {
      at.remove_prefix(1);
      continue;
    }
    auto piece = is_identifier_byte(at[0]) ? take_identifier(at) : at.substr(0, 1);
    if (!(is_identifier_byte(at[0]) ? take_name(piece, own_package, rest) : rest.take(piece))) return false;
    at.remove_prefix(piece.size());
  }
  return rest.at_end();
}

bool Condition::holds(const FunctionFacts& facts) const {
  auto part_holds = [&](const Condition& part) { return part.holds(facts); };
  auto is_type = [&](const std::string& type) { return matches_type(text, type, facts.package); };
  switch (kind) {
    case ConditionKind::All:
      return std::all_of(parts.begin(), parts.end(), part_holds);
    case ConditionKind::Any:
      return std::any_of(parts.begin(), parts.end(), part_holds);
    case ConditionKind::Not:
      return std::none_of(parts.begin(), parts.end(), part_holds);
    case ConditionKind::FirstParameter:
      return !facts.parameters.empty() && is_type(facts.parameters.front());
    case ConditionKind::LastParameter:
      return !facts.parameters.empty() && is_type(facts.parameters.back());
    case ConditionKind::HasParameter:
      return holds_for_one(*this, facts.parameters, facts);
    case ConditionKind::FirstResult:
      return !facts.results.empty() && is_type(facts.results.front());
    case ConditionKind::LastResult:
      return !facts.results.empty() && is_type(facts.results.back());
    case ConditionKind::HasResult:
      return holds_for_one(*this, facts.results, facts);
    case ConditionKind::Parameters:
      return count.contains(facts.parameters.size());
    case ConditionKind::Results:
      return count.contains(facts.results.size());
    case ConditionKind::Imports:
      return std::any_of(facts.imports.begin(), facts.imports.end(),
                         [&](const std::string& path) { return matches_package(text, path); });
    case ConditionKind::Function:
      return functions ? functions->matches(facts.name) : parse_function_name(text) == facts.name;
    case ConditionKind::Package:
      return matches_package(text, facts.package);
    case ConditionKind::Exported:
      return flag == is_exported(facts.name);
    case ConditionKind::ParameterTypes:
      return holds_at_positions(*this, facts.parameters, facts);
    case ConditionKind::ResultTypes:
      return holds_at_positions(*this, facts.results, facts);
    case ConditionKind::Signature:
      return is_type(facts.signature);
    case ConditionKind::ReceiverImplements:
      return !facts.receiver.empty() && implements_one(*this, {facts.receiver}, facts);
    case ConditionKind::ParameterImplements:
      return implements_one(*this, facts.parameters, facts);
    case ConditionKind::ResultImplements:
      return implements_one(*this, facts.results, facts);
    case ConditionKind::LastResultImplements:
      return !facts.results.empty() && implements_one(*this, {facts.results.back()}, facts);
    case ConditionKind::Directive:
      return std::find(facts.directives.begin(), facts.directives.end(), text) != facts.directives.end();
    case ConditionKind::PackageName:
      return text == facts.package_name;
  }
  return false;
}

}  // namespace otel::notation
