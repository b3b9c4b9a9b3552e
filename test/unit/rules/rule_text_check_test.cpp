// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_text_check.h"

#include "rules/loader.h"

#include "catch.h"

namespace otel::rules {
namespace {

std::shared_ptr<const kinds::RuleBody> body_of(kinds::RuleBody body) {
  return std::make_shared<const kinds::RuleBody>(std::move(body));
}

// What is wrong with a text, for a rule of the user's and for one of a dependency.
std::string mistake(Rule rule, Origin origin) {
  rule.origin = origin;
  rule.package = "container/ring";
  auto found = find_text_mistake(rule);
  return found ? found->key + ": " + found->what : "";
}

std::string in_file(const std::string& text, Origin origin) {
  Rule rule;
  rule.body = body_of(kinds::FileRule{{}, {"a.go", text}});
  return mistake(rule, origin);
}

Rule raw_rule(const std::string& insert) {
  Rule rule;
  rule.body = body_of(kinds::RawRule{{}, {}, kinds::RawPosition::Entry, insert});
  return rule;
}

TEST_CASE("parts of a call are names in a text that is put in its place") {
  struct {
    std::string replace;
    bool whole;
  } const cases[] = {{"w($call, $0)", true},
                     {"$func($args)", true},
                     {"w($call", false},
                     {"$call)(", false},
                     {"w($call) /*", false}};
  for (const auto& c : cases) {
    CAPTURE(c.replace);
    auto rules =
        parse_rules("r.yaml",
                    "library: l\nrules:\n- {name: r, kind: call, package: p, callee: a.F, replace: '" +
                        c.replace + "'}\n",
                    [](const std::string&) { return std::nullopt; });
    CHECK(mistake(rules.at(0), Origin::Dependency).empty() == c.whole);
  }
}

TEST_CASE("orders to go's tools in added files") {
  struct {
    std::string line;        // of a file behind its package clause
    std::string of_user;     // what is refused in a user's rule
    std::string dependency;  // and in a dependency's
  } const cases[] = {
      {"", "", ""},
      {"// go:cgo_ldflag is a comment", "", ""},
      {"var s = \"\\n//go:cgo_ldflag x\"", "", ""},
      {"var s = `\n//go:cgo_ldflag x\n`", "", ""},
      {"//go:cgo_ldflag \"-wrapper\"", "a.go:3: //go:cgo_ldflag", "a.go:3: //go:cgo_ldflag"},
      {"func f() {}\n  //go:cgo_ldflag\t\"-x\"", "a.go:4: //go:cgo_ldflag", "a.go:4: //go:cgo_ldflag"},
      {"//go:cgo_export_dynamic f", "a.go:3: //go:cgo_export_dynamic", "a.go:3: //go:cgo_export_dynamic"},
      {"//go:cgo_import_static f", "a.go:3: //go:cgo_import_static", "a.go:3: //go:cgo_import_static"},
      {"//go:cgo_dynamic_linker \"/x\"", "a.go:3: //go:cgo_dynamic_linker",
       "a.go:3: //go:cgo_dynamic_linker"},
      {"//go:cgo_import_dynamic f f \"x.so\"", "", "a.go:3: //go:cgo_import_dynamic"},
      {"//go:cgo_import_dynamic _ _ \"x.so\"\n//go:cgo_ldflag \"x\"", "a.go:4: //go:cgo_ldflag",
       "a.go:3: //go:cgo_import_dynamic"},
      {"import \"C\"", "a.go:3: import \"C\"", "a.go:3: import \"C\""},
      {"import (\n\t\"fmt\"\n\t_ `C`\n)", "a.go:5: import \"C\"", "a.go:5: import \"C\""},
      {"//go:embed /etc/passwd\nvar s string", "a.go:3: //go:embed", "a.go:3: //go:embed"},
      {"//line _cgo_a.go:1", "", "a.go:3: //line"},
      {"var x = /*line _cgo_a.go:1:1*/ 1", "", "a.go:3: /*line"},
      {"//lines are fine", "", ""},
      {"//go:linkname f", "", ""},
      {"//go:linkname f container/ring.g", "", ""},
      {"//go:linkname f container/ring/deep.g", "", "a.go:3: //go:linkname into another package"},
      {"//go:linkname f runtime.g", "", "a.go:3: //go:linkname into another package"},
      {"//go:linkname f g", "", "a.go:3: //go:linkname into another package"},
      {"//go:linkname\tf\truntime.g", "", "a.go:3: //go:linkname into another package"},
      {"//go:noinline\nfunc f() {}", "", ""},
      {"//go:debug panicnil=1", "", "a.go:3: //go:debug"},
      {"//go:wasmimport a b", "", "a.go:3: //go:wasmimport"},
      {"//go:systemstack\nfunc f() {}", "", "a.go:3: //go:systemstack"},
      {"//go:", "", "a.go:3: //go:"},
      {"func {", "", "a.go, which doesn't parse"},
      {"/* open", "", "a.go, which doesn't parse"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.line);
    auto text = "package ring\n\n" + c.line + "\n";
    CHECK(in_file(text, Origin::Named) == (c.of_user.empty() ? "" : "file: " + c.of_user));
    CHECK(in_file(text, Origin::Project) == (c.of_user.empty() ? "" : "file: " + c.of_user));
    CHECK(in_file(text, Origin::Dependency) == (c.dependency.empty() ? "" : "file: " + c.dependency));
  }
  CHECK(in_file("//go:build linux\n\npackage p\n", Origin::Dependency) == "");
}

TEST_CASE("a dependency's pieces of text begin and end in code, so that no two make up a third") {
  struct {
    std::string text;
    bool good;
  } const cases[] = {
      {"f()", true},
      {"f(); g(\"//\")", true},
      {"defer func() {\n\tf() // why\n}()", true},
      {"f() // why", false},
      {"f() //go:cgo_ldflag", false},
      {"//", false},
      {"f()\n//go:cgo_ldflag \"x\"\n", false},
      {"/*", false},
      {"f() /* ", false},
      {"\"", false},
      {"`", false},
      {"'", false},
      {"}", false},
      {"f() }; func g() {", false},
      {"go:cgo_ldflag \"x\"", true},  // words, as they can't follow a comment of another text
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    Rule raw = raw_rule(c.text), call, value, field;
    kinds::CallRule replaced;
    replaced.replace_text = c.text;
    call.body = body_of(replaced);
    value.body = body_of(kinds::ValueRule{{}, "", c.text});
    field.body = body_of(kinds::StructRule{{}, "", c.text});
    for (const auto& rule : {raw, call, value, field})
      CHECK(mistake(rule, Origin::Dependency).empty() == c.good);
    if (c.text.find("go:cgo") == std::string::npos) CHECK(mistake(raw, Origin::Named) == "");
  }
  CHECK(mistake(raw_rule("/*line x.go:1*/ f()"), Origin::Dependency) == "insert: /*line");
  CHECK(mistake(raw_rule("f()\n//go:cgo_ldflag \"x\"\n"), Origin::Named) == "insert: //go:cgo_ldflag");
}

}  // namespace
}  // namespace otel::rules
