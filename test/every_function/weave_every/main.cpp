// SPDX-License-Identifier: Apache-2.0
//
// Weaves hooks into every function of a package that can have some, beneath the front-end: a plan made here,
// and lib/weave as a tool process uses it.
//
// usage: weave_every MODE DIRECTORY IMPORTPATH FILE…
//   MODE   what hooks take: call, boxed, pointer, value, or mixed for these and two rules on one function in
//   turn
//
// Woven files and otel.weave.go are written to DIRECTORY. Lines on stdout, fields separated by tabs:
//   woven    SYMBOL BEFORE AFTER   shapes as in a plan
//   refused  FILE:LINE REASON
//   file     NAME                  a file that was woven, or is new
#include <cstdio>
#include <fmt/format.h>

#include "base/error.h"
#include "base/files.h"
#include "weave/weave_package.h"

#include "gocode/trampoline.h"

namespace otel {
namespace {

using base::Path;
using gocode::HookShape;
using gocode::PassMode;
using kinds::FunctionWeave;

// What a hook of that kind takes of a type.
PassMode pass_of(PassMode wanted, bool generic) {
  return generic ? PassMode::Boxed : wanted;
}

class Shaping {
 public:
  Shaping(const gocode::GoFile& file, const syntax::Function& function) : file_(file), function_(function) {}

  // Before: all parameters, and all results if those can be set. After: all results, and parameters too in
  // mode pointer.
  void shape(FunctionWeave& weave, const std::string& mode) const {
    weave.after.emplace();
    if (mode == "call") return;
    auto pass = mode == "boxed" ? PassMode::Boxed : mode == "pointer" ? PassMode::Pointer : PassMode::Value;
    weave.before.parameters = parameters(pass);
    weave.after->results = results(pass);
    if (mode != "pointer") return;
    weave.after->parameters = parameters(pass);
    for (auto taken : weave.after->results)
      weave.before.results.push_back(taken == PassMode::Pointer ? taken : PassMode::Omit);
  }

 private:
  bool generic(syntax::Span type) const { return gocode::depends_on_type_parameter(file_, function_, type); }
  std::vector<PassMode> parameters(PassMode wanted) const {
    std::vector<PassMode> passes;
    if (function_.receiver) passes.push_back(pass_of(wanted, !function_.receiver->type_params.empty()));
    for (const auto& parameter : function_.params) passes.push_back(pass_of(wanted, generic(parameter.type)));
    return passes;
  }
  std::vector<PassMode> results(PassMode wanted) const {
    std::vector<PassMode> passes;
    for (const auto& result : function_.results) passes.push_back(pass_of(wanted, generic(result.type)));
    return passes;
  }

  const gocode::GoFile& file_;
  const syntax::Function& function_;
};

notation::FunctionName name_of(const syntax::Function& function) {
  notation::FunctionName name;
  name.name = function.name.text;
  if (function.receiver) {
    name.receiver = function.receiver->base;
    name.pointer = function.receiver->pointer;
  }
  return name;
}

plan::PackagePlan plan_for(const gocode::GoPackage& package, const std::string& mode) {
  static const std::vector<std::vector<std::string>> kMixed = {
      {"call"}, {"boxed"}, {"pointer"}, {"value"}, {"call", "boxed"}};
  plan::PackagePlan plan;
  plan.package = package.path;
  plan.prefix = gocode::choose_prefix(package);
  std::size_t count = 0;
  for (const auto& file : package.files) {
    for (const auto& function : file.outline.functions) {
      if (auto reason = gocode::refuse_function(file, function)) {
        fmt::print("refused\t{}:{}\t{}\n", file.source.path(),
                   file.source.position(function.name.span.begin).line, *reason);
        continue;
      }
      const auto& modes = kMixed[count % kMixed.size()];
      for (const auto& each : mode == "mixed" ? modes : std::vector{mode}) {
        FunctionWeave weave{
            {"every", fmt::format("{}_every_{}", plan.prefix, count++), name_of(function), {}, {}}, {}};
        Shaping(file, function).shape(weave, each);
        fmt::print("woven\t{}\t{}\t{}\n", weave.symbol, weave.before.text(), weave.after->text());
        plan.weaves.push_back(std::move(weave));
      }
    }
  }
  return plan;
}

void write_woven(const gocode::GoPackage& package, const plan::PackagePlan& plan, const Path& directory) {
  for (const auto& file : weave::weave_package(plan, package.files).files) {
    base::write_file(directory / file.name, file.text);
    fmt::print("file\t{}\n", file.name);
  }
}

int run(int argc, char** argv) {
  if (argc < 5) {
    std::fputs("usage: weave_every MODE DIRECTORY IMPORTPATH FILE…\n", stderr);
    return base::kExitUsage;
  }
  gocode::GoPackage package;
  package.path = argv[3];
  for (int i = 4; i < argc; ++i) package.files.emplace_back(argv[i], base::read_file(argv[i]));
  for (const auto& file : package.files)
    if (!file.outline.complete) throw base::Error(fmt::format("{} is not understood", file.source.path()));
  if (auto reason = gocode::refuse_package(package)) throw base::Error(*reason);
  if (auto reason = gocode::refuse_go_runtime(package)) throw base::Error(*reason);
  // Through its text, as between the front-end and a tool process.
  auto plan = plan::parse_package_plan(plan::render_package_plan(plan_for(package, argv[1])));
  write_woven(package, plan, argv[2]);
  return 0;
}

}  // namespace
}  // namespace otel

int main(int argc, char** argv) {
  try {
    return otel::run(argc, argv);
  } catch (const otel::base::Error& error) {
    fmt::print(stderr, "weave_every: {}\n", error.render());
    return 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "weave_every: {}\n", error.what());
    return 1;
  }
}
