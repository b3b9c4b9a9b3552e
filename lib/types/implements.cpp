// SPDX-License-Identifier: Apache-2.0
#include "types/implements.h"

#include <algorithm>

namespace otel::types {
namespace {

using Methods = std::map<std::string, std::string>;

const Methods kError = {{"Error", "func() string"}};

// The same text for the same type: with what aliases stand for.
std::string comparable(TypeFacts& facts, std::string_view type) {
  std::string text;
  while (!type.empty()) {
    auto quote = std::min(type.find('"'), type.size()), end = type.find("\".", quote + 1);
    text += type.substr(0, quote);
    if (quote == type.size() || end == std::string_view::npos) break;
    auto behind = end + 2;
    while (behind < type.size() &&
           (std::isalnum(static_cast<unsigned char>(type[behind])) || type[behind] == '_'))
      ++behind;
    text += facts.resolved(std::string(type.substr(quote, behind - quote)));
    type.remove_prefix(behind);
  }
  return without_byte_and_rune(text);
}

bool add_methods(SourceFacts& facts, const NamedType& type, int depth, Methods& methods) {
  auto [file, declared] = facts.find_type(type);
  if (!declared || !declared->type_params.empty() || depth > 8) return false;
  auto add_embedded = [&, file = file](syntax::Span written) {
    auto spelled = facts.resolved(gocode::canonical_type(*file, type.package, written));
    if (spelled == "error") methods.insert(kError.begin(), kError.end());
    if (spelled == "error" || spelled == "any") return true;
    auto named = named_type(spelled);
    return named && add_methods(facts, *named, depth + 1, methods);
  };
  if (facts.underlying(type) != "interface") return false;
  auto elements = type_elements(*file, declared->type);
  if (elements.empty() && named_type(gocode::canonical_type(*file, type.package, declared->type)))
    return add_embedded(declared->type);
  for (const auto& element : elements) {
    if (element.parameters != 0)
      methods[element.name] = signature_type(*file, type.package, element.parameters);
    else if (!add_embedded(element.type))
      return false;
  }
  return true;
}

bool has_method(SourceFacts& facts, const NamedType& type, bool pointer, const std::string& package,
                const std::string& name, const std::string& signature) {
  auto member = facts.member(type, name, package);
  if (!member || !member->method) return false;
  if (member->of_interface && member->path.empty() && pointer) return false;
  if (member->pointer && !pointer && !member->through_pointer) return false;
  return !member->type.empty() && comparable(facts, member->type) == comparable(facts, signature);
}

}  // namespace

std::optional<Methods> interface_methods(SourceFacts& facts, const NamedType& type) {
  Methods methods;
  return add_methods(facts, type, 0, methods) ? std::optional(std::move(methods)) : std::nullopt;
}

std::string interface_type(const std::string& written, const std::string& package) {
  auto dot = written.rfind('.');
  if (written == "error" || written == "any") return written;
  if (dot == std::string::npos) return NamedType{package, written}.text();
  return NamedType{written.substr(0, dot), written.substr(dot + 1)}.text();
}

bool implements(SourceFacts& facts, const std::string& type, const std::string& interface) {
  auto own = facts.resolved(type), wanted = facts.resolved(interface);
  if (own == wanted || wanted == "any") return true;
  auto wanted_name = named_type(wanted);
  auto methods = wanted == "error" ? std::optional(kError)
                 : wanted_name     ? interface_methods(facts, *wanted_name)
                                   : std::nullopt;
  if (!methods) return false;
  auto package = wanted_name ? wanted_name->package : "";
  auto named = named_type(without_pointer(own));
  bool pointer = own[0] == '*';
  return std::all_of(methods->begin(), methods->end(), [&](const auto& method) {
    const auto& [name, signature] = method;
    if (own == "error") return kError.count(name) && kError.at(name) == signature;
    return named && has_method(facts, *named, pointer, package, name, signature);
  });
}

}  // namespace otel::types
