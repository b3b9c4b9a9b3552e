// SPDX-License-Identifier: Apache-2.0
#include "preprocess/module_completion.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <set>

#include "base/digest.h"
#include "base/embedded.h"
#include "base/error.h"
#include "base/text.h"
#include "gotool/module_lines.h"
#include "gotool/work_file.h"
#include "plan/bundled_modules.h"
#include "plan/record.h"
#include "plan/sdk_fit.h"

namespace otel::preprocess {
namespace {

using base::Path;
using gotool::ModuleFile;

// What a directory of completed module files holds. The last one is there in each.
constexpr const char* kModuleFile = "go.mod";
constexpr const char* kWorkFile = "go.work";  // as go is shown it in place of the user's
constexpr std::string_view kListedWorkFile =
    "listed.work";  // the same with absolute directories, for the completion
constexpr std::string_view kSupportModuleFile = "runtime.mod";  // go.mod of the support module in a workspace
constexpr std::string_view kRecord = "record";

// The record of a directory of completed module files: the raises, and the digests of its other files.
std::string render_completed(const Path& directory, const std::string& raises,
                             const base::FileSystem& files) {
  plan::Sections sections = {{"raises", raises}};
  for (const auto& file : files.list_files_below(directory))
    sections["files"] +=
        fmt::format("{} {}\n", base::short_digest(files.read_file(file)), file.filename().string());
  return plan::render_record(sections);
}

// What render_completed wrote, if the directory's files are still what they were; else the directory is made
// again.
std::optional<plan::Sections> read_completed(const Path& directory, const base::FileSystem& files) {
  auto text = files.read_file_if_present(directory / kRecord);
  auto sections = text ? plan::parse_record(*text) : std::nullopt;
  if (!sections) return std::nullopt;
  for (auto line : base::split_lines((*sections)["files"])) {
    auto blank = line.find(' ');
    auto bytes = files.read_file_if_present(directory / line.substr(blank + 1));
    if (!bytes || base::short_digest(*bytes) != line.substr(0, blank)) return std::nullopt;
  }
  return sections;
}

// A temporary directory that is renamed to `final` when it is complete, or removed.
class Draft {
 public:
  Draft(const Path& final, const base::FileSystem& files)
      : final_(final), directory_(base::make_unique_path(final)), files_(files) {}
  ~Draft() { files_.remove_tree(directory_); }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  const Path& directory() const { return directory_; }
  // Another process may have been first; then its directory, made from the same inputs, stays. A damaged one
  // goes.
  void keep() {
    if (files_.write_moved(directory_, final_) || read_completed(final_, files_)) return;
    files_.remove_tree(final_);
    if (!files_.write_moved(directory_, final_) && !read_completed(final_, files_))
      throw base::Error(fmt::format("cannot make {}", final_.string()));
  }

 private:
  Path final_;
  Path directory_;
  const base::FileSystem& files_;
};

std::string embedded_sums() {
  return std::string(base::find_embedded("go-runtime/otel.sum").value_or(""));
}

std::string render_raises(const std::vector<plan::Raise>& raises) {
  std::string text;
  for (const auto& raise : raises) text += fmt::format("{}\t{}\t{}\n", raise.path, raise.from, raise.to);
  return text;
}

std::vector<plan::Raise> parse_raises(std::string_view text) {
  std::vector<plan::Raise> raises;
  for (auto line : base::split(text, '\n'))
    if (auto fields = base::split(line, '\t'); fields.size() == 3)
      raises.push_back({std::string(fields[0]), std::string(fields[1]), std::string(fields[2])});
  return raises;
}

// Whether the module cache still has what an earlier completion put there. A vendored project may have the
// SDK in its own directory.
bool has_modules(const gotool::Toolchain& toolchain, const Project& project, const base::FileSystem& files) {
  if (project.vendored) return true;
  return files.find_any(Path(toolchain.env.module_cache) / plan::sdk_directory(project.linked));
}

// What shapes the build graph of the files in an overlay.
std::string describe_overlay(const plan::Overlay& overlay, const base::FileSystem& files) {
  std::string text;
  for (const auto& [path, backing] : overlay)
    text += fmt::format(
        "{} {}\n", path,
        Path(path).extension() == ".go" && !backing.empty() ? plan::head_digest(backing, files) : backing);
  return text;
}

// Then no other source of the module is tried.
bool has_wrong_sum(const base::ProcessResult& result) {
  return result.error_output.find("checksum mismatch") != std::string::npos;
}

class Completion {
 public:
  Completion(const gotool::Toolchain& toolchain, const OwnCache& cache, const gotool::GoCommand& command,
             const Project& project, const gotool::BuildGraph& graph, const WrittenFiles& generated)
      : toolchain_(toolchain),
        cache_(cache),
        files_(cache.files()),
        command_(command),
        project_(project),
        graph_(graph),
        generated_(generated) {}

  CompletedModule run();

 private:
  bool workspace() const { return project_.kind == ProjectKind::Workspace; }
  bool has_own_support_module() const { return generated_.replacement.empty(); }
  ModuleFile required_modules() const { return plan::add_vendored(project_.user, project_.vendored_modules); }
  plan::Overlay overlay_with(const Path& directory) const;
  gotool::GoCommand listing(const Path& directory, const plan::Overlay& overlay) const;
  base::ProcessResult list(const Path& directory, const gotool::GoCommand& listing_command,
                           const std::string& wanted, const std::optional<Path>& modules) const;
  void write_files(const Path& directory, const std::string& excludes);
  void complete(const Path& directory);
  std::vector<plan::Raise> complete_once(const Path& directory, const std::string& excludes);
  std::string module_text();
  void write_module(const Path& directory, const std::string& excludes);
  void write_workspace(const Path& directory, const std::string& excludes);
  bool moves_vendored(const Path& directory) const;
  bool fetch_missing(const Path& directory, const std::string& excludes);
  bool fetch_incomplete_modules(const Path& directory, const gotool::GoCommand& listing_command,
                                bool offline);
  base::ProcessResult load(const Path& directory, const std::optional<Path>& modules) const;

  const gotool::Toolchain& toolchain_;
  const OwnCache& cache_;
  const base::FileSystem& files_;
  const gotool::GoCommand& command_;
  const Project& project_;
  const gotool::BuildGraph& graph_;
  const WrittenFiles& generated_;
  std::vector<std::string> fetched_;  // vendored modules that lack packages which the support module needs
};

// What the module files of `directory` add to the overlay.
plan::Overlay Completion::overlay_with(const Path& directory) const {
  auto overlay = generated_.overlay;
  if (workspace()) {
    overlay[project_.file.string()] = (directory / kWorkFile).string();
    overlay[sum_file(project_.file).string()] = sum_file(directory / kListedWorkFile).string();
    if (!has_own_support_module())
      overlay[(generated_.support / "go.mod").string()] = (directory / kSupportModuleFile).string();
  }
  if (!project_.vendored) return overlay;
  // Those that are fetched as a whole, too: without a go.mod the directory would belong to the module above
  // it.
  for (const auto& module : project_.vendored_modules)
    overlay[(project_.root / "vendor" / module.path / kModuleFile).string()] = cache_.write_generated(
        kModuleFile, plan::render_vendored_stub(module.path, project_.vendored_modules));
  return overlay;
}

// `go list` with -mod=mod loads what the build would load and writes what go.mod lacks; in a workspace it
// writes the checksums by itself.
gotool::GoCommand Completion::listing(const Path& directory, const plan::Overlay& overlay) const {
  auto listing_command = command_;
  for (auto name : {"modfile", "overlay"}) listing_command.remove(name);
  listing_command.flags.push_back(
      {"overlay",
       cache_.write_generated("overlay.json", plan::render_overlay(overlay, toolchain_.directory.string()))});
  if (workspace() && !project_.vendored) return listing_command;
  listing_command.remove("mod");
  listing_command.flags.push_back({"mod", workspace() ? "readonly" : "mod"});
  if (!workspace()) listing_command.flags.push_back({"modfile", (directory / kModuleFile).string()});
  return listing_command;
}

// An empty `wanted` means the whole description of each package, and an error of any is one. With
// `modules`, nothing comes from anywhere but that directory and the module cache; checksums are checked as
// ever.
base::ProcessResult Completion::list(const Path& directory, const gotool::GoCommand& listing_command,
                                     const std::string& wanted, const std::optional<Path>& modules) const {
  base::Command list{{toolchain_.env.go}, {}, toolchain_.directory};
  for (const auto& argument : gotool::make_list_arguments(listing_command)) {
    if (wanted.empty() && argument == "-e=true") continue;
    list.arguments.push_back(!wanted.empty() && argument.substr(0, 3) == "-f=" ? "-f=" + wanted : argument);
  }
  if (modules) {
    list.environment["GOPROXY"] = fmt::format("file://{},off", modules->string());
    list.environment["GONOPROXY"] = "none";
  }
  if (workspace()) list.environment["GOWORK"] = (directory / kListedWorkFile).string();
  return toolchain_.run(list);
}

std::string Completion::module_text() {
  auto text = project_.vendored
                  ? plan::render_vendored_module(project_.text, project_.user, required_modules(), fetched_)
                  : project_.text;
  if (!has_own_support_module()) text = plan::add_support_module(text, generated_.replacement);
  if (generated_.hook_module.empty()) return text;
  return plan::replace_hook_module(plan::require_hook_module(text, required_modules()),
                                   generated_.hook_module);
}

void Completion::write_module(const Path& directory, const std::string& excludes) {
  files_.write_file(directory / kModuleFile, module_text() + excludes);
}

void Completion::write_workspace(const Path& directory, const std::string& excludes) {
  auto text = project_.vendored ? plan::render_vendored_work(project_.text, required_modules(), fetched_)
                                : project_.text;
  if (!has_own_support_module()) {
    text += fmt::format("\nuse {}\n", gotool::quote_module_token(generated_.replacement));
    files_.write_file(directory / kSupportModuleFile,
                      plan::render_support_module(project_.linked) + excludes);
  }
  if (!generated_.hook_module.empty()) text = plan::replace_hook_module(text, generated_.hook_module);
  files_.write_file(directory / kWorkFile, text);
  files_.write_file(directory / kListedWorkFile,
                    gotool::with_absolute_directories(text, project_.root.string()));
}

// What go can't find in a vendored directory it looks for in newer releases, which it then requires.
bool Completion::moves_vendored(const Path& directory) const {
  if (!project_.vendored || workspace()) return false;
  auto completed = gotool::parse_module_file(files_.read_file(directory / kModuleFile));
  return completed.go != project_.user.go || !plan::find_raises(required_modules(), completed).empty();
}

// Notes the vendored modules that lack packages which the support module needs. Offline, go finds no newer
// release in their place.
bool Completion::fetch_incomplete_modules(const Path& directory, const gotool::GoCommand& listing_command,
                                          bool offline) {
  auto nowhere = offline ? std::optional<Path>(directory / "nowhere") : std::nullopt;
  auto result = list(directory, listing_command, "{{if .Error}}{{.ImportPath}}{{end}}", nowhere);
  auto all = required_modules();
  auto before = fetched_.size();
  for (auto package : base::split_lines(result.output)) {
    std::string longest;
    for (const auto& [path, version] : all.requirements)
      if ((package == path || package.substr(0, path.size() + 1) == path + "/") &&
          path.size() > longest.size())
        longest = path;
    if (!longest.empty() && std::find(fetched_.begin(), fetched_.end(), longest) == fetched_.end())
      fetched_.push_back(longest);
  }
  return fetched_.size() > before;
}

// Whether vendored modules lacked packages that the support module needs; those modules are taken as a whole
// now, at the version that is vendored.
bool Completion::fetch_missing(const Path& directory, const std::string& excludes) {
  if (!project_.vendored) return false;
  for (bool offline : {true, false}) {
    write_files(directory, excludes);
    if (fetch_incomplete_modules(directory, listing(directory, overlay_with(directory)), offline))
      return true;
  }
  return false;
}

void Completion::write_files(const Path& directory, const std::string& excludes) {
  if (workspace())
    write_workspace(directory, excludes);
  else
    write_module(directory, excludes);
}

// For files on the command line, and packages of other modules, go 1.25 doesn't read what only the SDK's
// go.mod requires, but looks for the newest version of each. For a package of the main module it does; then
// our go.mod has them.
base::ProcessResult Completion::load(const Path& directory, const std::optional<Path>& modules) const {
  if (command_.names_files() && !workspace()) {
    auto probe = project_.root / "otel.runtime.probe";
    auto overlay = overlay_with(directory);
    overlay[(probe / "probe.go").string()] = cache_.write_generated(
        "probe.go", fmt::format("package probe\n\nimport _ \"{}/sdk/start\"\n", plan::kSupportModule));
    auto listing_command = listing(directory, overlay);
    listing_command.arguments = {probe.string()};
    if (auto result = list(directory, listing_command, "{{.ImportPath}}", modules); result.status != 0)
      return result;
  }
  return list(directory, listing(directory, overlay_with(directory)), "", modules);
}

std::vector<plan::Raise> Completion::complete_once(const Path& directory, const std::string& excludes) {
  auto modules = plan::find_bundled_modules(base::own_path());
  base::ProcessResult result;
  do {
    result.status = 1;
    if (modules) {
      write_files(directory, excludes);
      result = load(directory, modules);
    }
    if (result.status != 0 && !has_wrong_sum(result)) {
      write_files(directory, excludes);
      result = load(directory, std::nullopt);
    }
  } while (!has_wrong_sum(result) && (result.status != 0 || moves_vendored(directory)) &&
           fetch_missing(directory, excludes));
  if (result.status != 0)
    throw base::Error(
        fmt::format("cannot add OpenTelemetry to the build:\n{}", base::trim(result.error_output)))
        .hint(has_wrong_sum(result)
                  ? "checksum mismatch; nothing was built"
                  : "its modules must be in the module cache or at a proxy; see \"go env GOPROXY\"");
  auto linked = gotool::parse_build_graph(result.output);
  if (workspace())
    return plan::find_raises(plan::with_linked_versions({}, graph_), plan::with_linked_versions({}, linked));
  auto completed = gotool::parse_module_file(files_.read_file(directory / kModuleFile));
  // A vendored project is built from directories in the modules' places.
  if (project_.vendored) return plan::find_raises(required_modules(), completed);
  return plan::find_raises(project_.linked, plan::with_linked_versions(completed, linked));
}

void Completion::complete(const Path& directory) {
  files_.write_file(workspace() ? sum_file(directory / kListedWorkFile) : directory / "go.sum",
                    project_.sums + embedded_sums());
  std::vector<plan::Raise> raises;
  for (std::string excludes;;) {
    raises.clear();
    std::vector<gotool::Requirement> moved;
    for (auto& raise : complete_once(directory, excludes)) {
      if (plan::is_otel_module(raise.path) || !plan::fits_sdk(raise.path, raise.from))
        raises.push_back(std::move(raise));
      else
        moved.push_back({raise.path, raise.to});
    }
    // Who requires the excluded version is ignored; then comes who requires one between it and the user's.
    if (moved.empty() || (workspace() && has_own_support_module())) break;
    excludes += plan::render_excludes(moved);
  }
  files_.write_file_synced(directory / kRecord, render_completed(directory, render_raises(raises), files_));
}

CompletedModule Completion::run() {
  auto key = base::short_digest(fmt::format("{}{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
                                            static_cast<int>(project_.kind), project_.vendored, project_.text,
                                            project_.sums, generated_.replacement, generated_.hook_module,
                                            describe_overlay(generated_.overlay, files_), toolchain_.env.all,
                                            base::join(gotool::make_list_arguments(command_), " ")));
  auto directory = cache_.directory() / "modules" / key;
  auto earlier = read_completed(directory, files_);
  if (!earlier || !has_modules(toolchain_, project_, files_)) {
    Draft draft(directory, files_);
    complete(draft.directory());
    draft.keep();
    earlier = read_completed(directory, files_);
  }
  if (!earlier) throw base::Error(fmt::format("{} changed while it was read", directory.string()));
  for (const auto& file : files_.list_files_below(directory)) files_.mark_used(file);
  CompletedModule completed{
      {}, overlay_with(directory), parse_raises((*earlier)["raises"]), files_.list_files_below(directory)};
  if (!workspace()) completed.flags.push_back({"modfile", (directory / kModuleFile).string()});
  if (project_.vendored) completed.flags.push_back({"mod", "readonly"});
  return completed;
}

}  // namespace

CompletedModule complete_module(const gotool::Toolchain& toolchain, const OwnCache& cache,
                                const gotool::GoCommand& command, const Project& project,
                                const gotool::BuildGraph& graph, const WrittenFiles& generated) {
  return Completion(toolchain, cache, command, project, graph, generated).run();
}

}  // namespace otel::preprocess
