// SPDX-License-Identifier: Apache-2.0
#include "preprocess/project.h"

#include <algorithm>
#include <set>

#include "gotool/module_version.h"
#include "gotool/work_file.h"
#include "plan/module_files.h"

#include "published/hook_module.h"
#include "published/module_download.h"

namespace otel::preprocess {
namespace {

using base::Path;

std::string read_input(const Path& file, plan::InputReader& reader) {
  return reader.read_file_if_present(file).value_or("");
}

// The highest version that any of the modules requires is in the build.
void merge_requirements(const gotool::ModuleFile& module, const Path& directory, gotool::ModuleFile& all) {
  for (const auto& requirement : module.requirements) {
    auto known = std::find_if(all.requirements.begin(), all.requirements.end(),
                              [&](const auto& entry) { return entry.path == requirement.path; });
    if (known == all.requirements.end())
      all.requirements.push_back(requirement);
    else if (gotool::compare_versions(requirement.version, known->version) > 0)
      known->version = requirement.version;
  }
  for (const auto& [path, target] : module.directories)
    all.directories.push_back({path, (directory / target).lexically_normal().string()});
}

Project read_workspace(const Path& file, plan::InputReader& reader) {
  Project project;
  project.kind = ProjectKind::Workspace;
  project.root = file.parent_path();
  project.file = file;
  project.text = read_input(file, reader);
  project.sums = read_input(sum_file(file), reader);
  auto work = gotool::parse_work_file(project.text);
  std::set<std::string> members;
  for (const auto& written : work.directories) {
    auto directory = (project.root / written).lexically_normal();
    reader.note_whole(directory / "go.sum");
    auto member = gotool::parse_module_file(read_input(directory / "go.mod", reader));
    merge_requirements(member, directory, project.user);
    members.insert(member.module);
  }
  project.has_hook_module = members.count(published::hook_module()) > 0;
  std::erase_if(project.user.requirements, [&](const auto& entry) { return members.count(entry.path) > 0; });
  project.user.go = work.go.empty() ? "1.18" : work.go;
  return project;
}

Project read_module(const Path& root, const Path& file, plan::InputReader& reader) {
  Project project;
  project.root = root;
  project.file = file;
  project.text = read_input(file, reader);
  project.sums = read_input(sum_file(file), reader);
  project.user = gotool::parse_module_file(project.text);
  project.has_hook_module = project.user.module == published::hook_module();
  return project;
}

// Whether go builds from vendor/: where -mod asks for it, else where the directory is there, was made for a
// project of this kind, and the go line is of a release that did so (cmd/go/internal/modload/init.go,
// setDefaultBuildMod; golang.org/ref/mod#vendoring).
bool uses_vendor(const Project& project, const std::optional<std::string>& mod, std::string_view listed,
                 const base::FileSystem& files) {
  if (mod) return *mod == "vendor";
  bool workspace = project.kind == ProjectKind::Workspace;
  return files.find_any(project.root / "vendor") && plan::is_workspace_list(listed) == workspace &&
         gotool::compare_versions("v" + project.user.go, "v1.14") >= 0;
}

}  // namespace

void add_linked_versions(const gotool::BuildGraph& graph, Project& project) {
  project.linked =
      plan::with_linked_versions(plan::add_vendored(project.user, project.vendored_modules), graph);
}

void provide_hook_module(const gotool::Toolchain& toolchain, const OwnCache& cache,
                         const gotool::BuildSettings& settings, const Project& project) {
  const auto& module = published::hook_module();
  const auto& replaced = project.user.directories;
  bool wanted = project.user.required_version(module) == published::hook_module_version() &&
                std::none_of(replaced.begin(), replaced.end(),
                             [&](const auto& replacement) { return replacement.path == module; });
  if (wanted && !project.vendored)
    published::download_hook_module(toolchain, settings, cache.directory(), cache.files());
}

Path sum_file(const Path& file) {
  return file.extension() == ".work" ? Path(file.string() + ".sum") : Path(file).replace_extension(".sum");
}

std::variant<Project, std::string> read_project(const gotool::Toolchain& toolchain,
                                                const gotool::BuildSettings& settings,
                                                plan::InputReader& reader) {
  const auto& env = toolchain.env;
  bool workspace = !env.work_file.empty() && env.work_file != "off";
  bool no_module = env.module_file.empty() || env.module_file == "/dev/null";
  if (!workspace && no_module) return "no go.mod found";
  auto root = Path(workspace ? env.work_file : env.module_file).parent_path();

  auto project = workspace ? read_workspace(env.work_file, reader)
                           : read_module(root,
                                         settings.modfile ? toolchain.directory / *settings.modfile
                                                          : Path(env.module_file),
                                         reader);
  project.linked = project.user;
  auto listed = read_input(root / "vendor" / "modules.txt", reader);
  project.vendored = uses_vendor(project, settings.mod, listed, reader.files());
  if (!project.vendored) return project;
  if (!plan::own_support_directory(project.user).empty())
    return "dependencies are vendored, and go.mod replaces otel.runtime";
  project.vendored_modules = plan::parse_vendor_list(listed);
  return project;
}

}  // namespace otel::preprocess
