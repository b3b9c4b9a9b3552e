// SPDX-License-Identifier: Apache-2.0
#include "dump.h"

#include <algorithm>

#include "syntax/returns.h"
#include "syntax/unicode.h"
#include "syntax/unicode_ranges.h"
#include "syntax/uses.h"

namespace otel::syntax {
namespace {

// One line: words with a blank in front of each, and a newline at the end.
class Line {
 public:
  Line(std::string& out, std::string_view head) : out_(out) { out_ += head; }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line() { out_ += '\n'; }

  Line& word(std::string_view text) {
    out_ += ' ';
    out_ += text;
    return *this;
  }
  Line& number(std::size_t number) { return word(std::to_string(number)); }
  Line& flag(bool set, std::string_view text) { return set ? word(text) : *this; }
  // Where nothing is written there is nothing to compare a place with.
  Line& span(Span span) {
    if (span.empty()) return word("-");
    return word(std::to_string(span.begin) + ":" + std::to_string(span.end));
  }
  Line& name(const Name& name) { return word(name.text).span(name.span); }

 private:
  std::string& out_;
};

bool has_text(TokenKind kind) {
  return kind >= TokenKind::Identifier && kind <= TokenKind::String;
}

void dump_type_parameters(std::string& out, const std::vector<TypeParameter>& params) {
  for (const TypeParameter& param : params) Line(out, "  tparam").name(param.name).span(param.constraint);
}

void dump_parameters(std::string& out, std::string_view head, const std::vector<Parameter>& params) {
  for (const Parameter& param : params)
    Line(out, head).name(param.name).span(param.type).flag(param.variadic, "...");
}

void dump_function(std::string& out, const SourceFile& file, const TokenList& tokens,
                   const Function& function) {
  Line(out, "func").name(function.name).span(function.span);
  if (function.receiver) {
    const Receiver& receiver = *function.receiver;
    Line(out, "  receiver")
        .name(receiver.name)
        .span(receiver.type)
        .word(receiver.base)
        .flag(receiver.pointer, "*");
    for (const Name& name : receiver.type_params) Line(out, "  of").name(name);
  }
  dump_type_parameters(out, function.type_params);
  Line(out, "  params").span(function.params_list);
  dump_parameters(out, "  param", function.params);
  Line(out, "  results").span(function.results_list).flag(function.results_parenthesised, "()");
  dump_parameters(out, "  result", function.results);
  for (Span directive : function.directives)
    Line(out, "  directive").span(directive).word(file.text(directive));
  if (!function.body) return;
  Line(out, "  body").span({function.body->open, function.body->close + 1});
  for (const ReturnStmt& stmt : returns(tokens, *function.body))
    Line(out, "  return").span(stmt.statement).span(stmt.expressions).number(stmt.expressions_count);
}

void dump_values(std::string& out, std::string_view head, const std::vector<Value>& values) {
  for (const Value& value : values) Line(out, head).name(value.name).span(value.type).span(value.value);
}

// Calls of functions of imported packages, as far as the packages' names can be told from their paths.
void dump_uses(std::string& out, const SourceFile& file, const TokenList& tokens, const Outline& outline) {
  std::vector<std::string> names;
  for (const ImportSpec& spec : outline.imports)
    names.push_back(spec.name.empty() ? spec.path.substr(spec.path.rfind('/') + 1) : spec.name);
  for (std::size_t at : uses(file, tokens, outline, names)) {
    bool called = tokens[at + 1].is(TokenKind::Period) && tokens[at + 2].is(TokenKind::Identifier) &&
                  tokens[at + 3].is(TokenKind::LeftParen);
    if (called) Line(out, "use").span(tokens.span(at, at + 2));
  }
}

}  // namespace

std::string dump_tokens(const SourceFile& file, const TokenList& tokens) {
  std::string out;
  out.reserve(file.bytes().size() * 4);
  for (const Token& token : tokens) {
    out += std::to_string(token.begin);
    out += ' ';
    out += spelling(token.kind);
    if (token.is(TokenKind::AutoSemicolon)) out += " auto";
    if (has_text(token.kind)) {
      out += ' ';
      out += file.text({token.begin, token.end});
    }
    out += '\n';
  }
  for (Span comment : tokens.comments()) Line(out, "comment").span(comment).word(file.text(comment));
  return out;
}

std::string dump_outline(const SourceFile& file, const TokenList& tokens, const Outline& outline) {
  std::string out;
  Line(out, "package").span(outline.package_keyword).name(outline.package_name).number(outline.package_end);
  for (const ImportSpec& spec : outline.imports)
    Line(out, "import").word(spec.name).word(spec.path).span(spec.span);
  for (const Function& function : outline.functions) dump_function(out, file, tokens, function);
  for (const TypeDecl& type : outline.types) {
    Line(out, "type").name(type.name).span(type.type).flag(type.alias, "=");
    dump_type_parameters(out, type.type_params);
  }
  for (const StructDecl& type : outline.structs) {
    Line(out, "struct").name(type.name).span({type.body.open, type.body.close + 1}).flag(type.alias, "=");
    dump_type_parameters(out, type.type_params);
  }
  dump_values(out, "var", outline.variables);
  dump_values(out, "const", outline.constants);
  dump_uses(out, file, tokens, outline);
  if (!outline.complete) Line(out, "incomplete");
  return out;
}

std::string dump_unicode() {
  std::string out = kUnicodeVersion;
  out += '\n';
  for (char32_t rune = 0; rune <= 0x10FFFF; ++rune) {
    if (is_letter(rune)) Line(out, "letter").number(rune);
    if (is_digit(rune)) Line(out, "digit").number(rune);
  }
  return out;
}

}  // namespace otel::syntax
