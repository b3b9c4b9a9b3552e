// SPDX-License-Identifier: Apache-2.0
#include "weave/weave.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/error.h"
#include "syntax/edits.h"
#include "syntax/returns.h"
#include "weave/rule_text.h"
#include "weave/trampoline.h"
#include "weave/value.h"
#include "weave/wrap.h"

namespace otel::weave {
namespace {

using syntax::Edits;
using syntax::Function;
using syntax::TokenKind;

class FileWeaving {
 public:
  FileWeaving(const plan::PackagePlan& plan, const GoFile& file, bool race_detector)
      : plan_(plan), file_(file), compilation_{plan.package, race_detector, plan.prefix} {}
  WovenFile run();

 private:
  void weave_functions();
  void weave_structs();
  void weave_calls();
  void weave_raws();
  void weave_wraps();
  void weave_values();
  void add_point(const std::string& rule, std::size_t offset, std::string refused = "") {
    points_.push_back({rule, file_.source.position(offset), std::move(refused)});
  }

  const plan::PackagePlan& plan_;
  const GoFile& file_;
  Compilation compilation_;
  Edits edits_;
  std::string appended_;
  std::string variables_;
  std::string kept_;                    // declarations without unsafe, for the end of the file
  std::vector<syntax::Span> replaced_;  // expressions that other rules have replaced
  std::vector<WeavePoint> points_;
};

// Whether the shape is of this function. A plan is made from the first function of that name; what go says of
// a second one is go's to say.
bool is_shape_of(const plan::HookShape& shape, const Function& function) {
  auto parameters = function.params.size() + (function.receiver ? 1 : 0);
  return (shape.parameters.empty() || shape.parameters.size() == parameters) &&
         (shape.results.empty() || shape.results.size() == function.results.size());
}

void FileWeaving::weave_functions() {
  for (const auto& function : file_.outline.functions) {
    std::vector<const plan::FunctionWeave*> weaves;
    for (const auto& weave : plan_.functions) {
      if (find_function(file_.outline, weave.function) != &function) continue;
      auto refused = refuse_function(file_, function);
      if (!is_shape_of(weave.before, function) || !is_shape_of(weave.after, function))
        refused = "the function is declared more than once";
      add_point(weave.rule, function.name.span.begin, refused.value_or(""));
      if (!refused) weaves.push_back(&weave);
    }
    if (weaves.empty()) continue;
    auto declarations = weave_function(file_, function, weaves, edits_, compilation_);
    appended_ += declarations.functions;
    variables_ += declarations.variables;
  }
}

void FileWeaving::weave_structs() {
  for (const auto& weave : plan_.structs) {
    for (const auto& decl : file_.outline.structs) {
      if (decl.name.text != weave.name) continue;
      const auto& tokens = file_.tokens;
      auto last = tokens[decl.body.close_token - 1].kind;
      bool separated = last == TokenKind::LeftBrace || syntax::is_semicolon(last);
      edits_.insert(decl.body.close, (separated ? "" : "; ") + one_line(weave.field) + " ");
      add_point(weave.rule, decl.name.span.begin);
    }
  }
}

// The spans in a body at which the tokens of `call` stand.
std::vector<syntax::Span> find_call(const GoFile& file, const syntax::Braces& body, const std::string& call) {
  syntax::SourceFile wanted_source("call", call);
  auto wanted = syntax::scan(wanted_source);
  std::size_t length = 0;
  while (!syntax::is_semicolon(wanted[length].kind) && !wanted[length].is(TokenKind::EndOfFile)) ++length;
  std::vector<syntax::Span> found;
  for (std::size_t at = body.open_token + 1; at + length <= body.close_token; ++at) {
    std::size_t same = 0;
    while (same < length && file.text(file.tokens.span(at + same)) == wanted_source.text(wanted.span(same)))
      ++same;
    // Behind a period the first name is another one.
    if (length > 0 && same == length && !file.tokens[at - 1].is(TokenKind::Period))
      found.push_back(file.tokens.span(at, at + length - 1));
  }
  return found;
}

void FileWeaving::weave_calls() {
  for (const auto& weave : plan_.calls) {
    const auto* function = find_function(file_.outline, weave.function);
    if (!function || !function->body) continue;
    auto found = find_call(file_, *function->body, weave.call);
    if (found.size() != 1) {
      add_point(weave.rule, function->name.span.begin,
                fmt::format("{} holds {} times {}", weave.function.text(), found.size(), weave.call));
      continue;
    }
    auto text = file_.text(found[0]);
    auto newlines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    edits_.replace(found[0], spread_expression(one_line(weave.replace), newlines));
    replaced_.push_back(found[0]);
    add_point(weave.rule, found[0].begin);
  }
}

void FileWeaving::weave_raws() {
  for (const auto& weave : plan_.raws) {
    const auto* function = find_function(file_.outline, weave.function);
    if (!function) continue;
    if (!function->body) {
      add_point(weave.rule, function->name.span.begin, "it has no body in Go");
      continue;
    }
    add_point(weave.rule, function->name.span.begin);
    auto insert = one_line(weave.insert);
    if (weave.position == rules::RawPosition::Entry) {
      edits_.insert(function->body->open + 1, fmt::format(" {};", insert));
      continue;
    }
    for (const auto& statement : syntax::returns(file_.tokens, *function->body))
      edits_.insert(statement.statement.begin, insert + "; ");
  }
}

void FileWeaving::weave_values() {
  for (const auto& weave : plan_.values) {
    auto set = weave_value(file_, weave, edits_);
    if (!set) continue;
    add_point(weave.rule, set->name.begin, set->refused);
    if (set->refused.empty()) replaced_.push_back(set->replaced);
    kept_ += set->kept;
  }
}

void FileWeaving::weave_wraps() {
  for (const auto& weave : plan_.wraps) {
    for (auto use : find_uses(file_, weave)) {
      bool gone = std::any_of(replaced_.begin(), replaced_.end(), [&](syntax::Span span) {
        return span.begin <= use.begin && use.end <= span.end;
      });
      add_point(weave.rule, use.begin, gone ? "another rule has replaced the expression" : "");
      if (!gone) weave_use(weave, use, edits_);
    }
  }
}

WovenFile FileWeaving::run() {
  weave_functions();
  weave_structs();
  weave_calls();
  weave_raws();
  weave_values();
  weave_wraps();
  if (edits_.empty()) return {std::nullopt, "", std::move(points_)};
  auto bytes = file_.source.bytes();
  if (!appended_.empty())
    edits_.insert(file_.outline.package_end, fmt::format("; import {} \"unsafe\"", compilation_.unsafe()));
  if (appended_ += kept_; !appended_.empty()) {
    bool ended = !bytes.empty() && bytes.back() == '\n';
    edits_.insert(bytes.size(), (ended ? "\n" : "\n\n") + appended_);
  }
  if (!edits_.keeps_lines(bytes))
    throw base::InternalError(fmt::format("weaving moves lines of {}", file_.source.path()));
  return {edits_.apply(bytes), std::move(variables_), std::move(points_)};
}

}  // namespace

std::string render_variables_file(const plan::PackagePlan& plan, const std::string& package_name,
                                  const std::string& variables) {
  return fmt::format("package {}\n\nimport {} \"unsafe\"\n\n{}", package_name,
                     Compilation{.package = plan.package, .prefix = plan.prefix}.unsafe(), variables);
}

WovenFile weave_file(const plan::PackagePlan& plan, const GoFile& file, bool race_detector) {
  return FileWeaving(plan, file, race_detector).run();
}

}  // namespace otel::weave
