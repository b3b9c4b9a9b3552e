// SPDX-License-Identifier: Apache-2.0
#include "preprocess/plan_flags.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "base/error.h"
#include "base/process.h"
#include "gotool/package_pattern.h"
#include "gotool/tool_command.h"
#include "syntax/unicode.h"

namespace otel::preprocess {
namespace {

using gotool::BuildGraph;

// Packages that only the support module links are not in the graph.
gotool::PatternSubject subject_of(const BuildGraph& graph, const std::string& package) {
  const auto* listed = graph.find(package);
  if (!listed) return {package, "", false, false, false};
  return {package, listed->directory, listed->named, listed->standard, listed->module.main};
}

// A raised module is in another directory than the one that was listed.
bool is_raised(const BuildGraph& graph, const std::string& package, const std::vector<plan::Raise>& raises) {
  const auto* listed = graph.find(package);
  return listed && std::any_of(raises.begin(), raises.end(),
                               [&](const auto& raise) { return raise.path == listed->module.path; });
}

// The directories of packages that go may have a second time, as "command-line-arguments".
std::set<std::string> directories_of_files(const gotool::BuildRequest& request, const BuildGraph& graph) {
  std::set<std::string> directories;
  if (!request.command.names_files()) return directories;
  for (const auto& package : graph.packages)
    if (package.named) directories.insert(package.directory);
  return directories;
}

}  // namespace

std::vector<NamedPlan> name_plans(const std::vector<plan::PackagePlan>& plans) {
  std::vector<NamedPlan> named;
  for (const auto& plan : plans) {
    auto text = plan::render_package_plan(plan);
    auto digest = plan::package_plan_digest(text);
    named.push_back({plan, std::move(digest), std::move(text)});
  }
  return named;
}

// Patterns are of directories, but of import paths for what is raised and for what is beside files that the
// command names. The last matches no package of a program: binaries record it, whatever machine they are made
// on, with the user's flags for the packages named.
std::vector<gotool::GoFlag> make_gcflags(const base::Path& directory, const gotool::BuildRequest& request,
                                         const BuildGraph& graph, const std::vector<NamedPlan>& plans,
                                         const std::vector<plan::Raise>& raises) {
  const auto files = directories_of_files(request, graph);
  auto flags_of = [&](const gotool::PatternSubject& subject) {
    return gotool::per_package_flags(request.settings.gcflags, subject, directory.string());
  };
  std::vector<gotool::GoFlag> gcflags;
  for (const auto& [plan, digest, text] : plans) {
    auto subject = subject_of(graph, plan.package);
    auto flags = flags_of(subject);
    std::string pattern;
    if (files.count(subject.directory) == 0 && !is_raised(graph, plan.package, raises))
      pattern = gotool::relative_pattern(subject.directory, directory.string());
    // What isn't UTF-8 go would look for as a regular expression, and panic.
    if (pattern.empty() || !syntax::is_utf8(pattern)) pattern = plan.package;
    gcflags.push_back({"gcflags", fmt::format("{}={}{}{}{}", pattern, flags, flags.empty() ? "" : " ",
                                              gotool::kMarker, digest)});
  }
  if (!gcflags.empty())
    gcflags.push_back({"gcflags", fmt::format("cmd={}", flags_of({"cmd", "", true, true, false}))});
  return gcflags;
}

gotool::GoFlag make_toolexec(const OwnCache& cache, const gotool::BuildSettings& settings,
                             const std::string& overlay) {
  auto user = gotool::split_quoted(settings.toolexec.value_or(""));
  if (!user) throw base::Error(fmt::format("-toolexec={}: unclosed quote", *settings.toolexec));
  std::vector<std::string> arguments = {base::own_path(), "toolexec", cache.package_plans().string(), overlay,
                                        fmt::format("{}", user->size())};
  arguments.insert(arguments.end(), user->begin(), user->end());
  return {"toolexec", gotool::join_quoted(arguments)};
}

}  // namespace otel::preprocess
