// SPDX-License-Identifier: Apache-2.0
#include "types/type_facts.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

namespace otel::types {

std::string Member::text() const {
  std::string flags;
  flags += method ? 'm' : 'f';
  flags += of_interface ? 'i' : '-';
  flags += pointer ? 'p' : '-';
  flags += through_pointer ? 't' : '-';
  flags += at_pointer ? 'a' : '-';
  return fmt::format("{}|{}|{}|{}", flags, path, owner, type);
}

// A type may have a "|" in a constraint; it is the last.
std::optional<Member> Member::parse(const std::string& text) {
  auto path = text.find('|'), owner = text.find('|', path + 1), type = text.find('|', owner + 1);
  if (path != 5 || owner == std::string::npos || type == std::string::npos) return std::nullopt;
  return Member{text[0] == 'm',
                text[1] == 'i',
                text[2] == 'p',
                text.substr(6, owner - 6),
                text[3] == 't',
                text[4] == 'a',
                text.substr(owner + 1, type - owner - 1),
                text.substr(type + 1)};
}

std::string TypeFacts::resolved(std::string type) {
  constexpr std::string_view kAlias = "alias ";
  for (int i = 0; i < 8; ++i) {
    auto pointer = type.substr(0, 1) == "*" ? "*" : "";
    auto named = named_type(without_pointer(type));
    auto object = named ? this->object(named->package, named->name) : "";
    if (!object.starts_with(kAlias)) break;
    type = pointer + object.substr(kAlias.size());
  }
  return type;
}

NotedFacts::NotedFacts(const std::string& text) {
  for (auto line : base::split(text, '\n')) {
    if (line.empty()) continue;
    auto tab = line.find('\t');
    if (tab == std::string_view::npos) throw base::InternalError(fmt::format("fact {}", line));
    answers_[base::unescape_field(line.substr(0, tab))] = base::unescape_field(line.substr(tab + 1));
  }
}

std::string NotedFacts::ask(const std::string& question) {
  auto [at, fresh] = answers_.emplace(question, "");
  if (fresh && source_) at->second = source_->ask(question);
  return at->second;
}

std::string NotedFacts::text() const {
  std::string text;
  for (const auto& [question, answer] : answers_)
    text += fmt::format("{}\t{}\n", base::escape_field(question), base::escape_field(answer));
  return text;
}

}  // namespace otel::types
