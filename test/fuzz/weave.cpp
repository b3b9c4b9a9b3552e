// SPDX-License-Identifier: Apache-2.0
//
// Whatever file reads as Go can be woven: lines stay, and what comes out reads as Go with the same functions
// at the same lines. The first byte says what hooks take.
#include "weave/weave.h"

#include "base/error.h"
#include "weave/trampoline.h"

#include "fuzz.h"

namespace {

using namespace otel;
using fuzz::check;
using plan::Pass;

std::vector<Pass> passes(std::size_t count, unsigned choice) {
  static constexpr Pass kAll[] = {Pass::Omit, Pass::Value, Pass::Pointer, Pass::Boxed};
  std::vector<Pass> list;
  for (std::size_t i = 0; i < count; ++i) list.push_back(kAll[(choice + i) % 4]);
  return list;
}

// What a front-end never asks for of a type that depends on a type parameter.
void box(std::vector<Pass>& list, const weave::GoFile& file, const syntax::Function& function) {
  for (auto& pass : list)
    if (pass != Pass::Omit &&
        (!function.type_params.empty() || (function.receiver && !function.receiver->type_params.empty())))
      pass = Pass::Boxed;
  (void)file;
}

plan::PackagePlan plan_for(const weave::GoFile& file, unsigned choice) {
  plan::PackagePlan plan;
  plan.package = "example.com/fuzz";
  for (const auto& function : file.outline.functions) {
    plan::FunctionWeave weave{"r", "otel_r_" + std::to_string(plan.functions.size()), {}, {}, choice % 3 != 0,
                              {}};
    weave.function.name = function.name.text;
    if (function.receiver) {
      weave.function.receiver = function.receiver->base;
      weave.function.pointer = function.receiver->pointer;
    }
    weave.before.parameters = passes(function.params.size() + (function.receiver ? 1 : 0), choice);
    if (weave.has_after) weave.after.results = passes(function.results.size(), choice / 4);
    box(weave.before.parameters, file, function);
    box(weave.after.results, file, function);
    plan.functions.push_back(weave);
  }
  for (const auto& decl : file.outline.structs)
    plan.structs.push_back({"s", decl.name.text, "otel_field int"});
  return plan;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  weave::GoFile file("fuzz.go", fuzz::text_of(data + 1, size - 1));
  if (!file.outline.complete) return 0;
  auto plan = plan_for(file, data[0]);
  auto woven = weave::weave_file(plan, file, data[0] % 2 == 0);
  if (!woven.bytes) return 0;
  weave::GoFile again("woven.go", *woven.bytes);
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
