// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_text_check.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

#include "base/text.h"
#include "syntax/outline.h"
#include "syntax/scanner.h"
#include "syntax/source_file.h"

namespace otel::rules {
namespace {

// Directives that affect one declaration, or whether a file is built.
constexpr std::array<std::string_view, 8> kHarmless = {
    "build", "generate", "nocheckptr", "noescape", "noinline", "norace", "nosplit", "uintptrescapes"};

// "cgo_ldflag" and what follows it, of a comment that is a directive of Go's.
struct GoDirective {
  std::string_view name;
  std::vector<std::string_view> arguments;
};

std::optional<GoDirective> parse_directive(std::string_view comment) {
  constexpr std::string_view kStart = "//go:";
  if (!comment.starts_with(kStart)) return std::nullopt;
  std::vector<std::string_view> fields;
  for (auto field : base::split(comment.substr(kStart.size()), ' '))
    for (auto piece : base::split(field, '\t'))
      if (!base::trim(piece).empty()) fields.push_back(base::trim(piece));
  if (fields.empty()) return GoDirective{};
  return GoDirective{fields[0], {fields.begin() + 1, fields.end()}};
}

// The second argument of `//go:linkname local import/path.name` names a symbol of any package.
bool stays_in_package(const GoDirective& linkname, std::string_view package) {
  if (linkname.arguments.size() < 2) return true;
  auto symbol = linkname.arguments[1];
  auto dot = symbol.rfind('.');
  return dot != std::string_view::npos && symbol.substr(0, dot) == package;
}

bool is_line_directive(std::string_view comment) {
  return comment.starts_with("//line ") || comment.starts_with("/*line ");
}

// What a comment must not be; nothing if it may.
std::optional<std::string> refuse_comment(std::string_view comment, const Rule& rule) {
  auto directive = parse_directive(comment);
  bool of_dependency = rule.origin == Origin::Dependency;
  if (of_dependency && is_line_directive(comment)) return std::string(comment.substr(0, 6));
  if (!directive) return std::nullopt;
  auto text = fmt::format("//go:{}", directive->name);
  if (directive->name.starts_with("cgo_") && directive->name != "cgo_import_dynamic") return text;
  if (directive->name == "embed") return text;
  if (!of_dependency) return std::nullopt;
  if (directive->name == "linkname")
    return stays_in_package(*directive, rule.package) ? std::nullopt
                                                      : std::optional(text + " into another package");
  bool harmless = std::find(kHarmless.begin(), kHarmless.end(), directive->name) != kHarmless.end();
  return harmless ? std::nullopt : std::optional(text);
}

// Whether the text begins and ends in code: no literal, comment or bracket goes on in what is put after it.
bool is_whole(const syntax::SourceFile& source, const syntax::TokenList& tokens) {
  if (!tokens.valid()) return false;
  return std::none_of(tokens.comments().begin(), tokens.comments().end(), [&](syntax::Span comment) {
    return source.text(comment).starts_with("//") && comment.end == source.bytes().size();
  });
}

std::optional<std::string> find_mistake(const Rule& rule, const std::string& name, const std::string& text,
                                        bool whole_file) {
  syntax::SourceFile source(name, text);
  auto tokens = syntax::scan(source);
  for (auto comment : tokens.comments())
    if (auto refused = refuse_comment(source.text(comment), rule))
      return fmt::format("{}{}",
                         whole_file ? fmt::format("{}:{}: ", name, source.position(comment.begin).line) : "",
                         *refused);
  if (!whole_file)
    return rule.origin != Origin::Dependency || is_whole(source, tokens)
               ? std::nullopt
               : std::optional<std::string>("text that is no complete piece of Go");
  auto outline = syntax::outline(source, tokens);
  for (const auto& import : outline.imports)
    if (import.path == "C")
      return fmt::format("{}:{}: import \"C\"", name, source.position(import.span.begin).line);
  // What our parser can't read, the compiler perhaps can.
  if (rule.origin == Origin::Dependency && !outline.complete)
    return fmt::format("{}, which doesn't parse", name);
  return std::nullopt;
}

}  // namespace

std::optional<TextMistake> find_text_mistake(const Rule& rule) {
  for (const auto& text : kinds::texts(*rule.body))
    if (!text.text->empty() || text.is_file)
      if (auto what = find_mistake(rule, text.name, *text.text, text.is_file))
        return TextMistake{std::string(text.key), *std::move(what)};
  return std::nullopt;
}

}  // namespace otel::rules
