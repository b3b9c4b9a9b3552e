// SPDX-License-Identifier: Apache-2.0
//
// Whatever file reads as Go can be woven: lines stay, and what comes out reads as Go with the same functions
// at the same lines. The first byte says what hooks take.
#include "base/error.h"
#include "weave/weave_package.h"

#include "fuzz.h"
#include "gocode/trampoline.h"

namespace {

using namespace otel;
using fuzz::check;
using gocode::PassMode;

std::vector<PassMode> modes(std::size_t count, unsigned choice) {
  static constexpr PassMode kAll[] = {PassMode::Omit, PassMode::Value, PassMode::Pointer, PassMode::Boxed};
  std::vector<PassMode> list;
  for (std::size_t i = 0; i < count; ++i) list.push_back(kAll[(choice + i) % 4]);
  return list;
}

// What a front-end never asks for of a type that depends on a type parameter.
void box(std::vector<PassMode>& list, const gocode::GoFile& file, const syntax::Function& function) {
  for (auto& mode : list)
    if (mode != PassMode::Omit &&
        (!function.type_params.empty() || (function.receiver && !function.receiver->type_params.empty())))
      mode = PassMode::Boxed;
  (void)file;
}

plan::PackagePlan plan_for(const gocode::GoFile& file, unsigned choice) {
  plan::PackagePlan plan;
  plan.package = "example.com/fuzz";
  for (const auto& function : file.outline.functions) {
    kinds::FunctionWeave weave;
    weave.rule = "r";
    weave.symbol = "otel_r_" + std::to_string(plan.weaves.size());
    weave.function.name = function.name.text;
    if (function.receiver) {
      weave.function.receiver = function.receiver->base;
      weave.function.pointer = function.receiver->pointer;
    }
    weave.before.parameters = modes(function.params.size() + (function.receiver ? 1 : 0), choice);
    box(weave.before.parameters, file, function);
    if (choice % 3 != 0) {
      weave.after.emplace().results = modes(function.results.size(), choice / 4);
      box(weave.after->results, file, function);
    }
    plan.weaves.push_back(weave);
  }
  static constexpr std::string_view kReplaced[] = {"w($call)", "w($args, 1)", "$func($args)", "w($1, $0)"};
  for (const auto* callee : {"fmt.Println", "(*example.com/fuzz.T).M", "(example.com/fuzz.T).F"})
    plan.weaves.push_back(kinds::CalleeWeave{{},
                                             "c",
                                             callee,
                                             "",
                                             std::string(kReplaced[choice % 4]),
                                             "package fmt\tfmt\nobject \"example.com/fuzz\".T\ttype\n"});
  for (const auto& decl : file.outline.structs)
    plan.weaves.push_back(kinds::StructWeave{{}, "s", decl.name.text, "otel_field int"});
  return plan;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::vector<gocode::GoFile> files;
  files.emplace_back("fuzz.go", fuzz::text_of(data + 1, size - 1));
  const auto& file = files[0];
  if (!file.outline.complete) return 0;
  auto woven = weave::weave_package(plan_for(file, data[0]), files, data[0] % 2 == 0).files;
  if (woven.empty() || !woven[0].replaces) return 0;
  gocode::GoFile again("woven.go", woven[0].text);
  const auto &before = file.outline.functions, &after = again.outline.functions;
  check(again.outline.complete, "what is woven reads as Go");
  check(after.size() >= before.size(), "no function is lost");
  for (std::size_t i = 0; i < before.size(); ++i) {
    check(before[i].name.text == after[i].name.text, "functions keep their order");
    check(file.source.position(before[i].name.span.begin).line ==
              again.source.position(after[i].name.span.begin).line,
          "functions keep their lines");
  }
  return 0;
}
