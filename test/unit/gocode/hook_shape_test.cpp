// SPDX-License-Identifier: Apache-2.0
#include "gocode/hook_shape.h"

#include "base/error.h"

#include "catch.h"

namespace otel::gocode {
namespace {

const std::string kTarget =
    "package p\n\nimport \"io\"\n\ntype T struct{}\n\n"
    "func F(n int, r io.Reader, rest ...string) (T, error) { return T{}, nil }\n\n"
    "func (t *T) M(n int) error { return nil }\n\nfunc (T) V() {}\n\nfunc None() {}\n";

const std::string kHookHead =
    "package hooks\n\nimport (\n\t\"example.com/p\"\n\trd \"io\"\n\n\t\"otel.runtime/hook\"\n)\n\n";

// "[call ]shape" of the hook on the target's function, or the rendered error.
std::string fit(const std::string& function, HookKind kind, const std::string& hook) {
  NamedHook named{"r", "Hook", {"r.yaml", 4, 11, "  - name: r", 1}};
  GoPackage target, hooks;
  target.path = "example.com/p";
  target.files.emplace_back("p.go", kTarget);
  hooks.path = "example.com/hooks";
  hooks.files.emplace_back("hooks.go", kHookHead + hook + "\n");
  auto found = find_function(target, *notation::parse_function_name(function));
  REQUIRE(found);
  try {
    auto fitted = fit_hook(named, kind, hooks, target, *found);
    CHECK(fitted.function->name.text == "Hook");
    return (fitted.takes_call ? "call " : "") + fitted.shape.text();
  } catch (const base::Error& error) {
    return error.render();
  }
}

TEST_CASE("hooks that fit") {
  using enum HookKind;
  struct {
    std::string function;
    HookKind kind;
    std::string hook;
    std::string expected;
  } const cases[] = {
      {"F", Before, "func Hook() {}", "|"},
      {"F", Before, "func Hook(c *hook.Call) {}", "call |"},
      {"F", Before, "func Hook(*hook.Call) {}", "call |"},
      {"F", Before, "func Hook(c *hook.Call, n int, r rd.Reader, s []string) {}", "call vvv|"},
      {"F", Before, "func Hook(n int, r rd.Reader, s []string) {}", "vvv|"},
      {"F", Before, "func Hook(c *hook.Call, n *int, r *rd.Reader, s *[]string) {}", "call ppp|"},
      {"F", Before, "func Hook(c *hook.Call, n, r, s any) {}", "call iii|"},
      {"F", Before, "func Hook(c *hook.Call, _ any, _ interface{}, s any) {}", "call --i|"},
      {"F", Before, "func Hook(c *hook.Call, n int, _ any, _ any, t *p.T, e *error) {}", "call v--|pp"},
      {"F", Before, "func Hook(c *hook.Call, n int, _ any, _ any, t *p.T, _ any) {}", "call v--|p-"},
      {"F", After, "func Hook(c *hook.Call) {}", "call |"},
      {"F", After, "func Hook(c *hook.Call, t p.T, e error) {}", "call |vv"},
      {"F", After, "func Hook(c *hook.Call, _ any, e *error) {}", "call |-p"},
      {"F", After, "func Hook(c *hook.Call, n int, _, _ any, t any, e error) {}", "call v--|iv"},
      {"(*T).M", Before, "func Hook(c *hook.Call, t *p.T, n int) {}", "call vv|"},
      {"(*T).M", Before, "func Hook(c *hook.Call, t **p.T, _ any) {}", "call p-|"},
      {"(*T).M", After, "func Hook(c *hook.Call, e error) {}", "call |v"},
      {"(*T).M", After, "func Hook(c *hook.Call, t *p.T, n *int, e error) {}", "call vp|v"},
      {"T.V", Before, "func Hook(c *hook.Call, t p.T) {}", "call v|"},
      {"T.V", After, "func Hook(c *hook.Call, t *p.T) {}", "call p|"},
      {"None", After, "func Hook(c *hook.Call) {}", "call |"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.function, c.hook);
    CHECK(fit(c.function, c.kind, c.hook) == c.expected);
  }
}

TEST_CASE("hooks that don't fit") {
  using enum HookKind;
  struct {
    std::string function;
    HookKind kind;
    std::string hook;
    std::string expected;  // the start of what is shown
  } const cases[] = {
      {"F", Before, "func Other() {}",
       "r.yaml:4:11: rule r: package example.com/hooks has no function Hook\n    4 |   - name: r\n"},
      {"F", Before, "func Hok() {}",
       "r.yaml:4:11: rule r: package example.com/hooks has no function Hook; did you mean \"Hok\"?\n"},
      {"F", Before, "func (t T) Hook() {}",
       "r.yaml:4:11: rule r: package example.com/hooks has no function Hook"},
      {"F", Before, "func Hook() error { return nil }",
       "hooks.go:10:6: hook Hook has results; set results through pointers\n"
       "   10 | func Hook() error { return nil }\n      |      ^~~~\n"},
      {"F", Before, "func Hook[A any]() {}", "hooks.go:10:6: hook Hook is generic\n"},
      {"F", Before, "func Hook(args ...any) {}",
       "hooks.go:10:19: hook Hook is variadic; take a variadic parameter as a slice\n"},
      {"F", Before, "func Hook(c *hook.Call, n int64, _, _ any) {}",
       "hooks.go:10:27: hook Hook of rule r takes int64, but F has int; take the type itself to read, a "
       "pointer "
       "to it to change, or \"_ any\" to ignore it\n"
       "   10 | func Hook(c *hook.Call, n int64, _, _ any) {}\n      |                           ^~~~~\n"},
      {"F", Before, "func Hook(c *hook.Call, n int, r rd.Writer, _ any) {}",
       "hooks.go:10:34: hook Hook of rule r takes rd.Writer, but F has io.Reader; "},
      {"F", Before, "func Hook(c *hook.Call, n int, _ any, s string) {}",
       "hooks.go:10:41: hook Hook of rule r takes string, but F has []string; "},
      {"F", Before, "func Hook(c *hook.Call, _, _, _ any, t p.T, e *error) {}",
       "hooks.go:10:40: hook Hook of rule r takes p.T, but F has T; results are pointers here, for a hook "
       "that skips the call\n"},
      {"F", Before, "func Hook(c *hook.Call, _, _, _ any, t any, e *error) {}",
       "hooks.go:10:40: hook Hook of rule r takes any, but F has T; results are pointers here"},
      {"F", Before, "func Hook(c *hook.Call, n int) {}",
       "hooks.go:10:6: hook Hook of rule r takes 1 parameters besides *hook.Call; F allows none, 3 (receiver "
       "and "
       "parameters) or 5 (and results)\n   10 | func Hook(c *hook.Call, n int) {}\n      |      ^~~~\n"},
      {"(*T).M", After, "func Hook(c *hook.Call, t *p.T, n int) {}",
       "hooks.go:10:6: hook Hook of rule r takes 2 parameters besides *hook.Call; (*T).M allows none, 1 "
       "(results) or "
       "3 (receiver, parameters, results)\n"},
      {"T.V", Before, "func Hook(t T) {}", "hooks.go:10:13: hook Hook of rule r takes T, but T.V has T; "},
      {"F", Before, "func Hook(n int, c *hook.Call, _, _ any) {}",
       "hooks.go:10:6: hook Hook of rule r takes 4 "},
  };
  for (const auto& c : cases) {
    CAPTURE(c.function, c.hook);
    CHECK(fit(c.function, c.kind, c.hook).substr(0, c.expected.size()) == c.expected);
  }
}

}  // namespace
}  // namespace otel::gocode
