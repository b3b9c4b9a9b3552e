// SPDX-License-Identifier: Apache-2.0
#include "driver/module_completion.h"

#include <fmt/format.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/embedded.h"
#include "base/error.h"
#include "base/text.h"
#include "gotool/build_graph.h"
#include "plan/module_files.h"

namespace otel::driver {
namespace {

using base::Path;

// A folder that becomes `final` when it is complete, or goes.
class Draft {
 public:
  explicit Draft(const Path& final)
      : final_(final), folder_(final.string() + fmt::format(".{}", ::getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~Draft() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  const Path& folder() const { return folder_; }
  // Another process may have been first; then its folder, made from the same inputs, stays.
  void keep() {
    std::error_code taken;
    std::filesystem::rename(folder_, final_, taken);
    if (taken && !std::filesystem::exists(final_ / "go.mod"))
      throw base::Error(fmt::format("cannot make {}: {}", final_.string(), taken.message()));
  }

 private:
  Path final_;
  Path folder_;
};

// `go list` with -mod=mod loads what the build would load and writes what go.mod lacks.
void run_completion(const Site& site, const gotool::GoCommand& command, const Path& mod_file,
                    const std::string& overlay_file) {
  auto ask = command;
  for (auto name : {"mod", "modfile", "overlay"}) ask.remove(name);
  ask.flags.insert(ask.flags.end(),
                   {{"mod", "mod"}, {"modfile", mod_file.string()}, {"overlay", overlay_file}});
  base::Command list{{site.go.go}, {}, site.folder};
  for (const auto& word : gotool::make_list_words(ask)) {
    if (word == "-e=true") continue;  // here an error is one
    list.arguments.push_back(word.substr(0, 3) == "-f=" ? "-f=" : word);
  }
  auto answer = site.run(list);
  if (answer.status != 0)
    throw base::Error(
        fmt::format("cannot add OpenTelemetry to the build:\n{}", base::trim(answer.error_output)))
        .hint("the module cache or a proxy must have its modules; see \"go env GOPROXY\"");
}

std::string embedded_sums() {
  return std::string(base::find_embedded("go-runtime/otel.sum").value_or(""));
}

}  // namespace

CompletedModule complete_module(const Site& site, const gotool::GoCommand& command,
                                const std::string& mod_text, const std::string& sum_text,
                                const std::string& overlay_file) {
  auto user = gotool::parse_module_file(mod_text);
  auto otel = plan::choose_otel_version(user);
  CompletedModule completed;
  if (!otel.raised_from.empty())
    completed.warnings.push_back(fmt::format("OpenTelemetry {} is too old to weave; this build uses {}",
                                             otel.raised_from, otel.version));
  auto key = base::short_digest(fmt::format("{}\n{}\n{}\n{}\n{}", mod_text, sum_text, overlay_file,
                                            site.go.all, base::join(gotool::make_list_words(command), " ")));
  auto folder = site.cache / "modules" / key;
  completed.mod_file = (folder / "go.mod").string();
  if (std::filesystem::exists(completed.mod_file)) return completed;

  Draft draft(folder);
  auto mod_file = draft.folder() / "go.mod";
  bool own_runtime = !plan::own_runtime_folder(user).empty();
  auto text = own_runtime ? mod_text : plan::add_runtime(mod_text);
  base::write_file(draft.folder() / "go.sum", sum_text + embedded_sums());
  for (std::vector<gotool::Requirement> raised;; text += plan::render_excludes(raised)) {
    base::write_file(mod_file, text);
    run_completion(site, command, mod_file, overlay_file);
    // Who requires the excluded version is ignored; then comes who requires one between it and the user's.
    raised = plan::raised_requirements(user, gotool::parse_module_file(base::read_file(mod_file)));
    if (raised.empty()) break;
  }
  draft.keep();
  return completed;
}

}  // namespace otel::driver
