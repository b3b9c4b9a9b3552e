// SPDX-License-Identifier: Apache-2.0
#include "driver/project.h"

#include <algorithm>
#include <fmt/format.h>

#include "gotool/module_version.h"
#include "gotool/work_file.h"
#include "plan/module_files.h"

namespace otel::driver {
namespace {

using base::Path;

std::string read_input(const Path& file, plan::Inputs& inputs) {
  inputs.read_whole(file);
  return base::read_file_if_present(file).value_or("");
}

// The highest version that any of the modules requires is in the build.
void merge_requirements(const gotool::ModuleFile& module, const Path& folder, gotool::ModuleFile& all) {
  for (const auto& requirement : module.requirements) {
    auto known = std::find_if(all.requirements.begin(), all.requirements.end(),
                              [&](const auto& entry) { return entry.path == requirement.path; });
    if (known == all.requirements.end())
      all.requirements.push_back(requirement);
    else if (gotool::compare_versions(requirement.version, known->version) > 0)
      known->version = requirement.version;
  }
  for (const auto& [path, target] : module.folders)
    all.folders.push_back({path, (folder / target).lexically_normal().string()});
}

Project read_workspace(const Path& file, plan::Inputs& inputs) {
  Project project{ProjectKind::Workspace, file.parent_path(), file, read_input(file, inputs), {}, {}, {}, {}};
  project.sums = read_input(sum_file(file), inputs);
  auto work = gotool::parse_work_file(project.text);
  for (const auto& written : work.folders) {
    auto folder = (project.root / written).lexically_normal();
    inputs.read_whole(folder / "go.sum");
    merge_requirements(gotool::parse_module_file(read_input(folder / "go.mod", inputs)), folder,
                       project.user);
  }
  project.user.go = work.go.empty() ? "1.18" : work.go;
  return project;
}

}  // namespace

void add_linked_versions(const gotool::BuildGraph& graph, Project& project) {
  project.linked = plan::with_linked_versions(plan::add_vendored(project.user, project.vendored), graph);
}

Path sum_file(const Path& file) {
  return file.extension() == ".work" ? Path(file.string() + ".sum") : Path(file).replace_extension(".sum");
}

std::variant<Project, std::string> read_project(const Site& site, const gotool::GoCommand& command,
                                                plan::Inputs& inputs) {
  const auto& go = site.go;
  bool workspace = !go.work_file.empty() && go.work_file != "off";
  bool no_module = go.module_file.empty() || go.module_file == "/dev/null";
  if (!workspace && no_module) return "there is no go.mod here";
  auto root = Path(workspace ? go.work_file : go.module_file).parent_path();

  auto mod = gotool::effective_value(command, go.goflags, "mod");
  auto vendor_list = root / "vendor" / "modules.txt";
  auto listed = read_input(vendor_list, inputs);
  bool vendored = mod ? *mod == "vendor" : std::filesystem::exists(vendor_list);
  if (workspace) {
    if (vendored) return "this is a workspace (" + go.work_file + ") with vendored dependencies";
    auto project = read_workspace(go.work_file, inputs);
    project.linked = project.user;
    return project;
  }

  auto modfile = gotool::effective_value(command, go.goflags, "modfile");
  Project project{
      ProjectKind::Module, root, modfile ? site.folder / *modfile : Path(go.module_file), {}, {}, {}, {}, {}};
  project.text = read_input(project.file, inputs);
  project.sums = read_input(sum_file(project.file), inputs);
  project.user = gotool::parse_module_file(project.text);
  project.linked = project.user;
  // Before go 1.14, a vendor folder is used only where -mod asks for it (the Go modules reference).
  bool old = gotool::compare_versions("v" + project.user.go, "v1.14") < 0;
  if (!vendored || (!mod && old)) return project;
  if (!plan::own_runtime_folder(project.user).empty())
    return "the dependencies are vendored, and go.mod replaces otel's run time";
  project.kind = ProjectKind::Vendored;
  project.vendored = plan::parse_vendor_list(listed);
  return project;
}

}  // namespace otel::driver
