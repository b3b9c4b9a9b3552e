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

// What a folder of completed module files holds. The last one is there in each.
constexpr const char* kModuleFile = "go.mod";
constexpr const char* kWorkFile = "go.work";  // as go is shown it in the place of the user's
constexpr std::string_view kListedWorkFile =
    "listed.work";  // the same with absolute folders, for the completion
constexpr std::string_view kRuntimeFile = "runtime.mod";  // go.mod of the run time in a workspace
constexpr std::string_view kRecord = "record";

// The record of a folder of completed module files: the raises, and the digests of its other files.
std::string render_completed(const Path& folder, const std::string& raises, const base::FileSystem& files) {
  plan::Sections sections = {{"raises", raises}};
  for (const auto& file : files.list_files_below(folder))
    sections["files"] +=
        fmt::format("{} {}\n", base::short_digest(files.read_file(file)), file.filename().string());
  return plan::render_record(sections);
}

// What render_completed wrote, if the folder's files are still what they were; else the folder is made anew.
std::optional<plan::Sections> read_completed(const Path& folder, const base::FileSystem& files) {
  auto text = files.read_file_if_present(folder / kRecord);
  auto sections = text ? plan::parse_record(*text) : std::nullopt;
  if (!sections) return std::nullopt;
  for (auto line : base::split_lines((*sections)["files"])) {
    auto blank = line.find(' ');
    auto bytes = files.read_file_if_present(folder / line.substr(blank + 1));
    if (!bytes || base::short_digest(*bytes) != line.substr(0, blank)) return std::nullopt;
  }
  return sections;
}

// A folder that becomes `final` when it is complete, or goes.
class Draft {
 public:
  Draft(const Path& final, const base::FileSystem& files)
      : final_(final), folder_(base::make_unique_path(final)), files_(files) {}
  ~Draft() { files_.remove_whole(folder_); }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  const Path& folder() const { return folder_; }
  // Another process may have been first; then its folder, made from the same inputs, stays. A damaged one
  // goes.
  void keep() {
    if (files_.write_moved(folder_, final_) || read_completed(final_, files_)) return;
    files_.remove_whole(final_);
    if (!files_.write_moved(folder_, final_) && !read_completed(final_, files_))
      throw base::Error(fmt::format("cannot make {}", final_.string()));
  }

 private:
  Path final_;
  Path folder_;
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
// SDK in its own folder.
bool has_modules(const gotool::Toolchain& toolchain, const Project& project, const base::FileSystem& files) {
  if (project.vendored) return true;
  return files.find_any(Path(toolchain.env.module_cache) / plan::sdk_folder(project.linked));
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

// Then no other source of the module is asked.
bool has_wrong_sum(const base::Answer& answer) {
  return answer.error_output.find("checksum mismatch") != std::string::npos;
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
  bool own_runtime() const { return generated_.replacement.empty(); }
  ModuleFile required_modules() const { return plan::add_vendored(project_.user, project_.vendored_modules); }
  plan::Overlay overlay_with(const Path& folder) const;
  gotool::GoCommand listing(const Path& folder, const plan::Overlay& overlay) const;
  base::Answer list(const Path& folder, const gotool::GoCommand& ask, const std::string& wanted,
                    const std::optional<Path>& modules) const;
  void write_files(const Path& folder, const std::string& excludes);
  void complete(const Path& folder);
  std::vector<plan::Raise> complete_once(const Path& folder, const std::string& excludes);
  std::string module_text();
  void write_module(const Path& folder, const std::string& excludes);
  void write_workspace(const Path& folder, const std::string& excludes);
  bool moves_vendored(const Path& folder) const;
  bool fetch_missing(const Path& folder, const std::string& excludes);
  bool fetch_what_lacks(const Path& folder, const gotool::GoCommand& ask, bool offline);
  base::Answer load(const Path& folder, const std::optional<Path>& modules) const;

  const gotool::Toolchain& toolchain_;
  const OwnCache& cache_;
  const base::FileSystem& files_;
  const gotool::GoCommand& command_;
  const Project& project_;
  const gotool::BuildGraph& graph_;
  const WrittenFiles& generated_;
  std::vector<std::string> fetched_;  // vendored modules that lack packages which the run time needs
};

// What the module files of `folder` add to the overlay.
plan::Overlay Completion::overlay_with(const Path& folder) const {
  auto overlay = generated_.overlay;
  if (workspace()) {
    overlay[project_.file.string()] = (folder / kWorkFile).string();
    overlay[sum_file(project_.file).string()] = sum_file(folder / kListedWorkFile).string();
    if (!own_runtime()) overlay[(generated_.runtime / "go.mod").string()] = (folder / kRuntimeFile).string();
  }
  if (!project_.vendored) return overlay;
  // Those that are fetched as a whole, too: without a go.mod the folder would belong to the module above it.
  for (const auto& module : project_.vendored_modules)
    overlay[(project_.root / "vendor" / module.path / kModuleFile).string()] = cache_.write_generated(
        kModuleFile, plan::render_vendored_stub(module.path, project_.vendored_modules));
  return overlay;
}

// `go list` with -mod=mod loads what the build would load and writes what go.mod lacks; in a workspace it
// writes the checksums without being told.
gotool::GoCommand Completion::listing(const Path& folder, const plan::Overlay& overlay) const {
  auto ask = command_;
  for (auto name : {"modfile", "overlay"}) ask.remove(name);
  ask.flags.push_back(
      {"overlay",
       cache_.write_generated("overlay.json", plan::render_overlay(overlay, toolchain_.directory.string()))});
  if (workspace() && !project_.vendored) return ask;
  ask.remove("mod");
  ask.flags.push_back({"mod", workspace() ? "readonly" : "mod"});
  if (!workspace()) ask.flags.push_back({"modfile", (folder / kModuleFile).string()});
  return ask;
}

// An empty `wanted` stands for the whole description of each package, and an error of any is one. With
// `modules`, nothing comes from anywhere but that folder and the module cache; checksums are checked as ever.
base::Answer Completion::list(const Path& folder, const gotool::GoCommand& ask, const std::string& wanted,
                              const std::optional<Path>& modules) const {
  base::Command list{{toolchain_.env.go}, {}, toolchain_.directory};
  for (const auto& word : gotool::make_list_words(ask)) {
    if (wanted.empty() && word == "-e=true") continue;
    list.arguments.push_back(!wanted.empty() && word.substr(0, 3) == "-f=" ? "-f=" + wanted : word);
  }
  if (modules) {
    list.environment["GOPROXY"] = fmt::format("file://{},off", modules->string());
    list.environment["GONOPROXY"] = "none";
  }
  if (workspace()) list.environment["GOWORK"] = (folder / kListedWorkFile).string();
  return toolchain_.run(list);
}

std::string Completion::module_text() {
  if (project_.vendored)
    return plan::add_runtime(
        plan::render_vendored_module(project_.text, project_.user, required_modules(), fetched_),
        generated_.replacement);
  return own_runtime() ? project_.text : plan::add_runtime(project_.text, generated_.replacement);
}

void Completion::write_module(const Path& folder, const std::string& excludes) {
  files_.write_file(folder / kModuleFile, module_text() + excludes);
}

void Completion::write_workspace(const Path& folder, const std::string& excludes) {
  auto text = project_.vendored ? plan::render_vendored_work(project_.text, required_modules(), fetched_)
                                : project_.text;
  if (!own_runtime()) {
    text += fmt::format("\nuse {}\n", gotool::quote_module_word(generated_.replacement));
    files_.write_file(folder / kRuntimeFile, plan::render_runtime_module(project_.linked) + excludes);
  }
  files_.write_file(folder / kWorkFile, text);
  files_.write_file(folder / kListedWorkFile, gotool::with_absolute_folders(text, project_.root.string()));
}

// What go can't find in a vendored folder it looks for in newer releases, which it then requires.
bool Completion::moves_vendored(const Path& folder) const {
  if (!project_.vendored || workspace()) return false;
  auto completed = gotool::parse_module_file(files_.read_file(folder / kModuleFile));
  return completed.go != project_.user.go || !plan::find_raises(required_modules(), completed).empty();
}

// Notes the vendored modules that lack packages which the run time needs. Offline, go finds no newer release
// in their place.
bool Completion::fetch_what_lacks(const Path& folder, const gotool::GoCommand& ask, bool offline) {
  auto nowhere = offline ? std::optional<Path>(folder / "nowhere") : std::nullopt;
  auto answer = list(folder, ask, "{{if .Error}}{{.ImportPath}}{{end}}", nowhere);
  auto all = required_modules();
  auto before = fetched_.size();
  for (auto package : base::split_lines(answer.output)) {
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

// Whether vendored modules lacked packages that the run time needs; those modules are taken as a whole now,
// at the version that is vendored.
bool Completion::fetch_missing(const Path& folder, const std::string& excludes) {
  if (!project_.vendored) return false;
  for (bool offline : {true, false}) {
    write_files(folder, excludes);
    if (fetch_what_lacks(folder, listing(folder, overlay_with(folder)), offline)) return true;
  }
  return false;
}

void Completion::write_files(const Path& folder, const std::string& excludes) {
  if (workspace())
    write_workspace(folder, excludes);
  else
    write_module(folder, excludes);
}

// For files on the command line, and packages of other modules, go 1.25 doesn't read what only the SDK's
// go.mod requires, but looks for the newest version of each. For a package of the main module it does; then
// our go.mod has them.
base::Answer Completion::load(const Path& folder, const std::optional<Path>& modules) const {
  if (command_.names_files() && !workspace()) {
    auto probe = project_.root / "otel.runtime.probe";
    auto overlay = overlay_with(folder);
    overlay[(probe / "probe.go").string()] = cache_.write_generated(
        "probe.go", fmt::format("package probe\n\nimport _ \"{}/sdk/start\"\n", plan::kRuntimeModule));
    auto ask = listing(folder, overlay);
    ask.arguments = {probe.string()};
    if (auto answer = list(folder, ask, "{{.ImportPath}}", modules); answer.status != 0) return answer;
  }
  return list(folder, listing(folder, overlay_with(folder)), "", modules);
}

std::vector<plan::Raise> Completion::complete_once(const Path& folder, const std::string& excludes) {
  auto modules = plan::find_bundled_modules(base::own_path());
  base::Answer answer;
  do {
    answer.status = 1;
    if (modules) {
      write_files(folder, excludes);
      answer = load(folder, modules);
    }
    if (answer.status != 0 && !has_wrong_sum(answer)) {
      write_files(folder, excludes);
      answer = load(folder, std::nullopt);
    }
  } while (!has_wrong_sum(answer) && (answer.status != 0 || moves_vendored(folder)) &&
           fetch_missing(folder, excludes));
  if (answer.status != 0)
    throw base::Error(
        fmt::format("cannot add OpenTelemetry to the build:\n{}", base::trim(answer.error_output)))
        .hint(has_wrong_sum(answer)
                  ? "these are not the bytes that the module's authors released; nothing was built"
                  : "the module cache or a proxy must have its modules; see \"go env GOPROXY\"");
  auto linked = gotool::parse_build_graph(answer.output);
  if (workspace())
    return plan::find_raises(plan::with_linked_versions({}, graph_), plan::with_linked_versions({}, linked));
  auto completed = gotool::parse_module_file(files_.read_file(folder / kModuleFile));
  // A vendored project is built from folders in the modules' places.
  if (project_.vendored) return plan::find_raises(required_modules(), completed);
  return plan::find_raises(project_.linked, plan::with_linked_versions(completed, linked));
}

void Completion::complete(const Path& folder) {
  files_.write_file(workspace() ? sum_file(folder / kListedWorkFile) : folder / "go.sum",
                    project_.sums + embedded_sums());
  std::vector<plan::Raise> raises;
  for (std::string excludes;;) {
    raises.clear();
    std::vector<gotool::Requirement> moved;
    for (auto& raise : complete_once(folder, excludes)) {
      if (plan::is_otel_module(raise.path) || !plan::fits_sdk(raise.path, raise.from))
        raises.push_back(std::move(raise));
      else
        moved.push_back({raise.path, raise.to});
    }
    // Who requires the excluded version is ignored; then comes who requires one between it and the user's.
    if (moved.empty() || (workspace() && own_runtime())) break;
    excludes += plan::render_excludes(moved);
  }
  files_.write_file_synced(folder / kRecord, render_completed(folder, render_raises(raises), files_));
}

CompletedModule Completion::run() {
  auto key = base::short_digest(fmt::format(
      "{}{}\n{}\n{}\n{}\n{}\n{}\n{}", static_cast<int>(project_.kind), project_.vendored, project_.text,
      project_.sums, generated_.replacement, describe_overlay(generated_.overlay, files_), toolchain_.env.all,
      base::join(gotool::make_list_words(command_), " ")));
  auto folder = cache_.directory() / "modules" / key;
  auto earlier = read_completed(folder, files_);
  if (!earlier || !has_modules(toolchain_, project_, files_)) {
    Draft draft(folder, files_);
    complete(draft.folder());
    draft.keep();
    earlier = read_completed(folder, files_);
  }
  if (!earlier) throw base::Error(fmt::format("{} changes while it is read", folder.string()));
  for (const auto& file : files_.list_files_below(folder)) files_.mark_used(file);
  CompletedModule completed{
      {}, overlay_with(folder), parse_raises((*earlier)["raises"]), files_.list_files_below(folder)};
  if (!workspace()) completed.flags.push_back({"modfile", (folder / kModuleFile).string()});
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
