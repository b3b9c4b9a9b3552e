// SPDX-License-Identifier: Apache-2.0
#include "kinds/struct.h"

#include "gocode/rule_text.h"
#include "kinds/package_match.h"
#include "notation/rule_reader.h"

namespace otel::kinds {

const KindFacts& StructRule::facts() {
  using enum notation::KeyUse;
  using notation::KeyForm;
  static const KindFacts kFacts = {
      .name = "struct",
      .description = "adds a field to a struct type",
      .keys = {{"struct", Required, KeyForm::Name, "name of the struct type"},
               {"field", Required, KeyForm::Text,
                "field declaration, \"name type\"; in literal the name of a field"},
               notation::kImportsKey},
      .confinable = true,
      .subject_key = "struct",
  };
  return kFacts;
}

StructRule StructRule::read(const RuleReader& in) {
  return {{}, in.text("struct"), in.text("field")};
}

void StructRule::match(const RuleHead& rule, PackageMatch& into) const {
  into.weaves.push_back(StructWeave{{}, rule.name, name, into.with_imports(rule, field)});
}

std::string StructRule::missing(const GoPackage& package) const {
  std::vector<std::string> names;
  for (const auto& file : package.files)
    for (const auto& declared : file.outline.structs) names.push_back(declared.name.text);
  return missing_text(package, "struct type", name, names);
}

void StructWeave::weave(const std::vector<const StructWeave*>& weaves, FileWeaving& into) {
  for (const auto* weave : weaves) {
    for (const auto& declared : into.file.outline.structs) {
      if (declared.name.text != weave->name) continue;
      auto last = into.file.tokens[declared.body.close_token - 1].kind;
      bool separated = last == syntax::TokenKind::LeftBrace || syntax::is_semicolon(last);
      into.edits.insert(declared.body.close, (separated ? "" : "; ") + gocode::one_line(weave->field) + " ");
      into.add_point(weave->rule, declared.name.span.begin);
    }
  }
}

}  // namespace otel::kinds
