// SPDX-License-Identifier: Apache-2.0
#include "plan/package_plan.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "plan/weaver_digest.h"

namespace otel::plan {
namespace {

std::string passes_text(const std::vector<Pass>& passes) {
  std::string text;
  for (auto pass : passes) text += static_cast<char>(pass);
  return text;
}

std::vector<Pass> parse_passes(std::string_view text) {
  std::vector<Pass> passes;
  for (char c : text) {
    if (c != '-' && c != 'v' && c != 'p' && c != 'i') throw base::InternalError(fmt::format("pass '{}'", c));
    passes.push_back(static_cast<Pass>(c));
  }
  return passes;
}

void add_line(std::string& text, std::initializer_list<std::string_view> fields) {
  bool first = true;
  for (auto field : fields) {
    if (!first) text += '\t';
    first = false;
    text += base::escape_field(field);
  }
  text += '\n';
}

// The fields of one line, asked for one after the other.
class Fields {
 public:
  explicit Fields(std::string_view line) : line_(line), fields_(base::split(line, '\t')) {}
  std::string next() {
    if (at_ == fields_.size()) throw base::InternalError(fmt::format("plan line too short: {}", line_));
    return base::unescape_field(fields_[at_++]);
  }
  rules::FunctionName next_function() {
    auto text = next();
    auto name = rules::parse_function_name(text);
    if (!name) throw base::InternalError(fmt::format("function name {} in a plan", text));
    return *name;
  }

 private:
  std::string_view line_;
  std::vector<std::string_view> fields_;
  std::size_t at_ = 0;
};

constexpr std::string_view kNone = "none";

}  // namespace

std::string HookShape::text() const {
  return passes_text(parameters) + "|" + passes_text(results);
}

HookShape HookShape::parse(std::string_view text) {
  auto bar = text.find('|');
  if (bar == std::string_view::npos) throw base::InternalError(fmt::format("hook shape {}", text));
  return {parse_passes(text.substr(0, bar)), parse_passes(text.substr(bar + 1))};
}

bool PackagePlan::empty() const {
  return functions.empty() && structs.empty() && files.empty() && calls.empty() && raws.empty() &&
         wraps.empty() && values.empty();
}

std::string render_package_plan(const PackagePlan& plan) {
  std::string text;
  add_line(text, {"package", plan.package});
  if (plan.prefix != PackagePlan{}.prefix) add_line(text, {"prefix", plan.prefix});
  for (const auto& weave : plan.functions)
    add_line(text, {"function", weave.rule, weave.symbol, weave.function.text(), weave.before.text(),
                    weave.has_after ? weave.after.text() : std::string(kNone)});
  for (const auto& weave : plan.structs) add_line(text, {"struct", weave.rule, weave.name, weave.field});
  for (const auto& weave : plan.calls)
    add_line(text, {"call", weave.rule, weave.function.text(), weave.call, weave.replace});
  for (const auto& weave : plan.raws)
    add_line(text, {"raw", weave.rule, weave.function.text(),
                    weave.position == rules::RawPosition::Entry ? "entry" : "return", weave.insert});
  for (const auto& weave : plan.wraps)
    add_line(text, {"wrap", weave.rule, weave.symbol, weave.callee_package, weave.callee_package_name,
                    weave.callee});
  for (const auto& weave : plan.values) add_line(text, {"value", weave.rule, weave.name, weave.value});
  for (const auto& weave : plan.files) add_line(text, {"file", weave.rule, weave.name, weave.text});
  return text;
}

PackagePlan parse_package_plan(std::string_view text) {
  PackagePlan plan;
  for (auto line : base::split(text, '\n')) {
    if (line.empty()) continue;
    Fields fields(line);
    auto kind = fields.next();
    if (kind == "package") {
      plan.package = fields.next();
    } else if (kind == "prefix") {
      plan.prefix = fields.next();
    } else if (kind == "function") {
      FunctionWeave weave{fields.next(), fields.next(), fields.next_function(), {}, false, {}};
      weave.before = HookShape::parse(fields.next());
      auto after = fields.next();
      weave.has_after = after != kNone;
      if (weave.has_after) weave.after = HookShape::parse(after);
      plan.functions.push_back(std::move(weave));
    } else if (kind == "struct") {
      plan.structs.push_back({fields.next(), fields.next(), fields.next()});
    } else if (kind == "call") {
      plan.calls.push_back({fields.next(), fields.next_function(), fields.next(), fields.next()});
    } else if (kind == "raw") {
      RawWeave weave{fields.next(), fields.next_function(), {}, ""};
      weave.position = fields.next() == "entry" ? rules::RawPosition::Entry : rules::RawPosition::Return;
      weave.insert = fields.next();
      plan.raws.push_back(std::move(weave));
    } else if (kind == "wrap") {
      plan.wraps.push_back({fields.next(), fields.next(), fields.next(), fields.next(), fields.next()});
    } else if (kind == "value") {
      plan.values.push_back({fields.next(), fields.next(), fields.next()});
    } else if (kind == "file") {
      plan.files.push_back({fields.next(), fields.next(), fields.next()});
    } else {
      throw base::InternalError(fmt::format("plan line of kind {}", kind));
    }
  }
  return plan;
}

std::string package_plan_digest(std::string_view rendered) {
  return base::short_digest(fmt::format("{}\n{}", kWeaverDigest, rendered));
}

}  // namespace otel::plan
