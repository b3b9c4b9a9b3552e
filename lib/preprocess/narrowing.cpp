// SPDX-License-Identifier: Apache-2.0
#include "preprocess/narrowing.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/files.h"
#include "weave/directive.h"

namespace otel::preprocess {
namespace {

using rules::Rule;
using rules::RuleKind;

// Reads each file of a package once, however many rules ask.
class Files {
 public:
  explicit Files(const base::FileSystem& disk) : disk_(disk) {}

  const std::vector<std::pair<std::string, std::string>>& of(const gotool::Package& package) {
    auto [at, fresh] = read_.emplace(package.import_path, Read());
    if (fresh)
      for (const auto& name : package.files) {
        auto path = base::Path(package.folder) / name;
        at->second.emplace_back(path.string(), disk_.read_file(package.source_of(name)));
      }
    return at->second;
  }

 private:
  using Read = std::vector<std::pair<std::string, std::string>>;
  const base::FileSystem& disk_;
  std::map<std::string, Read> read_;
};

bool imports(const std::string& path, const std::string& bytes, const std::string& wanted) {
  if (bytes.find(wanted) == std::string::npos) return false;
  weave::GoFile file(path, bytes);
  return std::any_of(file.outline.imports.begin(), file.outline.imports.end(),
                     [&](const auto& import) { return import.path == wanted && import.name != "_"; });
}

bool concerns(const Rule& rule, const gotool::Package& package, Files& files) {
  const auto& read = files.of(package);
  return std::any_of(read.begin(), read.end(), [&](const auto& file) {
    const auto& [path, bytes] = file;
    return rule.kind == RuleKind::Wrap ? imports(path, bytes, rule.callee_package)
                                       : weave::may_have_directives(path, bytes, rule.directive);
  });
}

std::string reason(const Rule& rule) {
  if (rule.kind == RuleKind::Wrap)
    return fmt::format("no package that it is for imports {}", rule.callee_package);
  return fmt::format("no function has //{}", rule.directive);
}

}  // namespace

void narrow_selection(const gotool::BuildGraph& graph, plan::Selection& selection,
                      const base::FileSystem& disk) {
  Files files(disk);
  std::set<const Rule*> asked, kept;
  std::erase_if(selection.selected, [&](const plan::SelectedRule& entry) {
    const auto& rule = *entry.rule;
    if (rule.kind != RuleKind::Wrap && rule.kind != RuleKind::Directive) return false;
    asked.insert(&rule);
    bool callee_there = rule.kind == RuleKind::Directive || graph.find(rule.callee_package);
    if (!callee_there || !concerns(rule, *entry.package, files)) return true;
    kept.insert(&rule);
    return false;
  });
  for (const auto* rule : asked)
    if (!kept.count(rule)) selection.left.push_back({rule, reason(*rule), !rule->package.empty()});
}

}  // namespace otel::preprocess
