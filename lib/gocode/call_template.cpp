// SPDX-License-Identifier: Apache-2.0
#include "gocode/call_template.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "syntax/scanner.h"
#include "syntax/type_syntax.h"

#include "gocode/rule_text.h"

namespace otel::gocode {
namespace {

using syntax::TokenKind;

constexpr std::array<std::string_view, 4> kNames = {"call", "func", "recv", "args"};

std::size_t newlines_in(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// Each argument, with the dots of a variadic one.
std::vector<syntax::Span> arguments(const syntax::TokenList& tokens, std::size_t open) {
  std::vector<syntax::Span> found;
  auto close = tokens[open].partner;
  for (auto at = open + 1; at < close;) {
    auto end = syntax::find_comma(tokens, at);
    if (end > at) found.push_back(tokens.span(at, end - 1));
    at = end + 1;
  }
  return found;
}

// The whole of `defer f()` or `go f()`.
bool is_deferred(const syntax::TokenList& tokens, const CallSite& site) {
  auto before = tokens[site.first - 1].kind, behind = tokens[tokens[site.open].partner + 1].kind;
  return (before == TokenKind::Defer || before == TokenKind::Go) &&
         (syntax::is_semicolon(behind) || syntax::is_closing(behind));
}

bool overlap(syntax::Span a, syntax::Span b) {
  return a.begin < b.end && b.begin < a.end;
}

}  // namespace

std::optional<CallTemplate> CallTemplate::parse(const std::string& text, std::string* why) {
  CallTemplate parsed;
  syntax::SourceFile source("replace", one_line(text));
  auto tokens = syntax::scan(source);
  std::size_t copied = 0;
  std::vector<std::size_t> ends;  // of the names in the place of placeholders
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
    if (source.text(tokens.span(at)) != "$") continue;
    bool adjacent = tokens[at + 1].begin == tokens[at].end;
    auto name = adjacent ? std::string(source.text(tokens.span(at + 1))) : "";
    bool digit = name.size() == 1 && name[0] >= '0' && name[0] <= '9';
    if (!digit && std::find(kNames.begin(), kNames.end(), name) == kNames.end()) {
      *why = fmt::format("\"${}\" is not a part of a call", name);
      return std::nullopt;
    }
    parsed.texts_.emplace_back(source.text({copied, tokens[at].begin}));
    parsed.placeholders_.push_back(name);
    parsed.go_text_ += parsed.texts_.back() + "otel_" + name;
    ends.push_back(parsed.go_text_.size());
    copied = tokens[at + 1].end;
  }
  parsed.texts_.emplace_back(source.bytes().substr(copied));
  parsed.go_text_ += parsed.texts_.back();
  parsed.has_operator_ = has_operator(parsed.go_text_);
  // Behind an argument a newline needs a comma before the parenthesis, which only a call may have.
  syntax::SourceFile go("replace", parsed.go_text_);
  auto scanned = syntax::scan(go);
  parsed.closes_call_.assign(parsed.texts_.size(), false);
  parsed.listed_.assign(ends.size(), false);
  for (std::size_t at = 1; at < scanned.size(); ++at) {
    auto end = std::find(ends.begin(), ends.end(), scanned[at - 1].end);
    if (end == ends.end()) continue;
    bool begins =
        at > 1 && (scanned[at - 2].is(TokenKind::Comma) || syntax::is_opening(scanned[at - 2].kind));
    bool closes = scanned[at].is(TokenKind::Comma) || syntax::is_closing(scanned[at].kind);
    parsed.listed_[static_cast<std::size_t>(end - ends.begin())] = begins && closes;
    if (!scanned[at].is(TokenKind::RightParen) || !scanned.paired(at)) continue;
    auto open = scanned[at].partner;
    parsed.closes_call_[static_cast<std::size_t>(end - ends.begin()) + 1] =
        open > 0 &&
        (scanned[open - 1].is(TokenKind::Identifier) || syntax::is_closing(scanned[open - 1].kind));
  }
  return parsed;
}

bool CallTemplate::has(const std::string& placeholder) const {
  return std::find(placeholders_.begin(), placeholders_.end(), placeholder) != placeholders_.end();
}

std::optional<CallTemplate::Kept> CallTemplate::kept(const std::string& placeholder, const CallSite& site,
                                                     const GoFile& file) const {
  const auto& tokens = file.tokens;
  auto close = tokens[site.open].partner;
  if (placeholder == "call") return Kept{tokens.span(site.first, close), "", ""};
  if (placeholder == "func") return Kept{tokens.span(site.first, site.open - 1), "", ""};
  if (placeholder == "recv")
    return Kept{tokens.span(site.first, site.receiver_end), site.receiver_prefix, site.receiver_suffix};
  auto all = arguments(tokens, site.open);
  if (placeholder == "args") {
    auto begin = tokens[site.open].end;
    return Kept{all.empty() ? syntax::Span{begin, begin} : syntax::Span{all.front().begin, all.back().end},
                "", ""};
  }
  auto at = static_cast<std::size_t>(placeholder[0] - '0');
  return at < all.size() ? std::optional(Kept{all[at], "", ""}) : std::nullopt;
}

// Whether the text has something twice that would then be done twice.
bool CallTemplate::repeats_effect(const std::vector<Kept>& parts, const GoFile& file) const {
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) {
      syntax::Span common{std::max(parts[i].span.begin, parts[k].span.begin),
                          std::min(parts[i].span.end, parts[k].span.end)};
      if (common.begin < common.end && may_have_effect(file.text(common))) return true;
    }
  return false;
}

// The text with newlines where none of them is a semicolon; nothing if there is no such place.
std::optional<std::string> CallTemplate::over_lines(std::size_t piece, std::string text,
                                                    std::size_t newlines) const {
  if (newlines == 0) return text;
  syntax::SourceFile source("replace", text);
  auto tokens = syntax::scan(source);
  for (auto at = tokens.size(); at > 0; --at) {
    auto kind = tokens[at - 1].kind;
    if (kind == TokenKind::LeftParen || kind == TokenKind::Comma || kind == TokenKind::Period)
      return text.insert(tokens[at - 1].end, newlines, '\n');
  }
  if (closes_call_[piece] && text[0] == ')' && text == texts_[piece])
    return "," + std::string(newlines, '\n') + text;
  return std::nullopt;
}

// The texts before, between and behind what is kept.
std::vector<std::string> CallTemplate::texts_between(std::vector<Kept> parts, const GoFile& file) const {
  auto texts = texts_;
  // A comma goes with arguments that aren't there.
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (placeholders_[i] == "args" && parts[i].span.empty()) {
      auto after = base::trim(texts[i + 1]);
      if (after.substr(0, 1) == ",") texts[i + 1] = std::string(base::trim(after.substr(1)));
    }
  }
  if (has_operator_) {
    texts.front() = "(" + texts.front();
    texts.back() += ")";
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!listed_[i] && has_operator(file.text(parts[i].span))) parts[i] = {parts[i].span, "(", ")"};
    texts[i] += parts[i].before;
    texts[i + 1] = parts[i].after + texts[i + 1];
  }
  return texts;
}

std::string CallTemplate::weave(const CallSite& site, FileWeaving& into) const {
  const auto& file = into.file;
  auto call = file.tokens.span(site.first, file.tokens[site.open].partner);
  for (auto span : into.replaced)
    if (overlap(span, call)) return "another rule has replaced the expression";
  if (has("call") && is_deferred(file.tokens, site))
    return "a deferred call, or that of a goroutine, can't be an argument; use $func($args)";
  if (site.receiver_hidden && has("recv"))
    return "the embedded field that the method is called on isn't exported; use $func($args)";
  std::vector<Kept> parts;
  for (const auto& placeholder : placeholders_) {
    auto part = kept(placeholder, site, file);
    if (!part) return fmt::format("the call has no argument ${}", placeholder);
    parts.push_back(*std::move(part));
  }
  if (repeats_effect(parts, file)) return "the text repeats a part of the call that is more than a value";
  auto texts = texts_between(parts, file);
  std::vector<std::pair<syntax::Span, std::string>> edits;
  bool in_order = true;
  auto from = call.begin;
  for (std::size_t i = 0; i <= parts.size() && in_order; ++i) {
    auto to = i < parts.size() ? parts[i].span.begin : call.end;
    in_order = to >= from;
    if (!in_order) break;
    auto text = over_lines(i, texts[i], newlines_in(file.text({from, to})));
    in_order = text.has_value();
    if (in_order) edits.emplace_back(syntax::Span{from, to}, *std::move(text));
    if (i < parts.size()) from = parts[i].span.end;
  }
  if (!in_order) {
    std::string whole = texts[0];
    for (std::size_t i = 0; i < parts.size(); ++i)
      whole += std::string(file.text(parts[i].span)) + texts[i + 1];
    whole = one_line(whole);
    auto newlines = newlines_in(file.text(call));
    auto has = newlines_in(whole);
    edits = {{call, spread_expression(whole, newlines - std::min(has, newlines))}};
  }
  for (auto& [span, text] : edits) {
    if (span.empty()) {
      if (!text.empty()) into.edits.insert(span.begin, std::move(text));
      continue;
    }
    into.replaced.push_back(span);
    into.edits.replace(span, std::move(text));
  }
  return "";
}

}  // namespace otel::gocode
