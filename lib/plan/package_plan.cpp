// SPDX-License-Identifier: Apache-2.0
#include "plan/package_plan.h"

#include <fmt/format.h>
#include <optional>

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "plan/weaver_digest.h"

namespace otel::plan {
namespace {

// The text of one field and back; a kind may have such a pair for a type of its own.
std::string field_text(const std::string& text) {
  return text;
}
void parse_field(const std::string& text, std::string& field) {
  field = text;
}

std::string field_text(const notation::FunctionName& function) {
  return function.text();
}
void parse_field(const std::string& text, notation::FunctionName& function) {
  auto name = notation::parse_function_name(text);
  if (!name) throw base::InternalError(fmt::format("function name {} in a plan", text));
  function = *name;
}

std::string field_text(const gocode::HookShape& shape) {
  return shape.text();
}
void parse_field(const std::string& text, gocode::HookShape& shape) {
  shape = gocode::HookShape::parse(text);
}

constexpr std::string_view kNone = "none";

std::string field_text(const std::optional<gocode::HookShape>& shape) {
  return shape ? shape->text() : std::string(kNone);
}
void parse_field(const std::string& text, std::optional<gocode::HookShape>& shape) {
  if (text != kNone) shape = gocode::HookShape::parse(text);
}

void add_line(std::string& text, std::string_view name, const std::vector<std::string>& fields) {
  text += name;
  for (const auto& field : fields) text += '\t' + base::escape_field(field);
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

 private:
  std::string_view line_;
  std::vector<std::string_view> fields_;
  std::size_t at_ = 0;
};

void add_weave(std::string& text, const kinds::Weave& weave) {
  std::visit(
      [&](const auto& woven) {
        std::apply([&](const auto&... field) { add_line(text, woven.kLine, {field_text(field)...}); },
                   woven.fields(woven));
      },
      weave);
}

// Whether the line's first field is that of the kind; then it is one more weave.
template <typename Weave>
bool parse_weave(std::string_view name, Fields& fields, PackagePlan& plan) {
  if (name != Weave::kLine) return false;
  Weave weave;
  std::apply([&](auto&... field) { (parse_field(fields.next(), field), ...); }, Weave::fields(weave));
  plan.weaves.push_back(std::move(weave));
  return true;
}

template <typename... Weaves>
bool parse_any_weave(const std::variant<Weaves...>*, std::string_view name, Fields& fields,
                     PackagePlan& plan) {
  return (parse_weave<Weaves>(name, fields, plan) || ...);
}

}  // namespace

std::string render_package_plan(const PackagePlan& plan) {
  std::string text;
  add_line(text, "package", {plan.package});
  if (plan.prefix != PackagePlan{}.prefix) add_line(text, "prefix", {plan.prefix});
  for (const auto& weave : plan.weaves) add_weave(text, weave);
  return text;
}

PackagePlan parse_package_plan(std::string_view text) {
  PackagePlan plan;
  for (auto line : base::split(text, '\n')) {
    if (line.empty()) continue;
    Fields fields(line);
    auto name = fields.next();
    if (name == "package")
      plan.package = fields.next();
    else if (name == "prefix")
      plan.prefix = fields.next();
    else if (!parse_any_weave(static_cast<const kinds::Weave*>(nullptr), name, fields, plan))
      throw base::InternalError(fmt::format("plan line of kind {}", name));
  }
  return plan;
}

std::string package_plan_digest(std::string_view rendered) {
  return base::short_digest(fmt::format("{}\n{}", kWeaverDigest, rendered));
}

}  // namespace otel::plan
