// SPDX-License-Identifier: Apache-2.0
#include "rules/trust_text.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "base/text.h"
#include "rules/loader.h"

#include "notation/yaml_text.h"

namespace otel::rules {
namespace {

constexpr std::string_view kNewFile =
    "# The project's rules, and the modules whose rules it consents to; see \"otel help rule-files\".\n"
    "library: project\n"
    "rules: []\n";

// The line of an entry, without its newline.
std::string entry_text(std::size_t indent, const std::string& module, const std::string& digest) {
  return fmt::format("{:{}}- {{module: {}, digest: \"{}\"}}", "", indent, module, digest);
}

bool is_for(const YAML::Node& entry, const std::string& module) {
  return entry.IsMap() && entry["module"] && entry["digest"] && entry["module"].IsScalar() &&
         entry["module"].Scalar() == module;
}

// Where the line begins that is `line` lines below the first.
std::size_t line_start(std::string_view text, int line) {
  std::size_t at = 0;
  for (; line > 0 && at != std::string_view::npos; --line) {
    at = text.find('\n', at);
    if (at != std::string_view::npos) ++at;
  }
  return at == std::string_view::npos ? text.size() : at;
}

// A list in block form, whose entries have a line each, "- {…}".
std::string add_to_list(std::string text, const YAML::Node& list, const std::string& module,
                        const std::string& digest) {
  auto first = list[0].Mark();
  auto start = line_start(text, first.line);
  auto dash = text.find('-', start);
  auto line = entry_text(dash - start, module, digest);
  for (const auto& entry : list)
    if (is_for(entry, module)) {
      auto from = line_start(text, entry.Mark().line), to = std::min(text.find('\n', from), text.size());
      return text.replace(from, to - from, line);
    }
  return text.insert(start, line + "\n");
}

bool holds(const std::string& name, const std::string& text, const std::string& module,
           const std::string& digest) {
  auto any = [](const std::string&) { return std::optional<std::string>("package p\n"); };
  try {
    return find_trust(parse_rule_file(name, text, any).trust, module, "", digest) == Trust::Given;
  } catch (const base::Error&) {
    return false;
  }
}

}  // namespace

std::string add_trust(const std::string& name, std::string_view given, const std::string& module,
                      const std::string& digest) {
  std::string text(base::trim(given).empty() ? kNewFile : given);
  if (text.back() != '\n') text += '\n';
  notation::YamlText yaml(name, given);
  auto document = YAML::Load(text);
  auto list = document["trust"];
  std::string added;
  if (!list)
    added = text + "trust:\n" + entry_text(2, module, digest) + "\n";
  else if (list.IsSequence() && list.size() > 0 && list.Style() == YAML::EmitterStyle::Block)
    added = add_to_list(text, list, module, digest);
  // An edit of a text is only as good as what is read from it.
  if (!added.empty() && holds(name, added, module, digest)) return added;
  throw base::Error("\"trust\" is not written as a list with a line for each entry")
      .at(yaml.place(list ? list : document))
      .hint(fmt::format("add it by hand: {}", entry_text(0, module, digest)));
}

}  // namespace otel::rules
