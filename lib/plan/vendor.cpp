// SPDX-License-Identifier: Apache-2.0
#include "plan/vendor.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"

namespace otel::plan {
namespace {

bool is_version(std::string_view word) {
  return word.size() > 1 && word[0] == 'v' && word[1] >= '0' && word[1] <= '9';
}

// Text without the directives of those names, blocks included.
std::string without_directives(std::string_view text, const std::vector<std::string>& names) {
  std::string kept;
  bool dropping = false;
  for (auto line : base::split_lines(text)) {
    auto words = gotool::module_line_words(line);
    if (dropping) {
      dropping = words.empty() || words[0] != ")";
      continue;
    }
    if (!words.empty() && std::find(names.begin(), names.end(), words[0]) != names.end()) {
      dropping = words.size() == 2 && words[1] == "(";
      continue;
    }
    kept += std::string(line) + "\n";
  }
  return kept;
}

}  // namespace

std::vector<VendoredModule> parse_vendor_list(std::string_view text) {
  std::vector<VendoredModule> modules;
  for (auto line : base::split_lines(text)) {
    if (line.substr(0, 3) == "## ") {
      // "## explicit; go 1.21"
      for (auto entry : base::split(line.substr(3), ';'))
        if (auto word = base::trim(entry); word.substr(0, 3) == "go " && !modules.empty())
          modules.back().go = base::trim(word.substr(3));
      continue;
    }
    if (line.substr(0, 2) != "# ") continue;
    // "# path version", "# path version => …"; "# path => …" repeats a replacement of every version.
    auto words = base::split(line.substr(2), ' ');
    if (words.size() >= 2 && is_version(words[1]))
      modules.push_back({std::string(words[0]), std::string(words[1]), ""});
  }
  return modules;
}

gotool::ModuleFile add_vendored(gotool::ModuleFile user, const std::vector<VendoredModule>& vendored) {
  for (const auto& module : vendored)
    if (user.required_version(module.path).empty())
      user.requirements.push_back({module.path, module.version});
  return user;
}

std::string render_vendored_module(const std::string& user_text, const gotool::ModuleFile& user,
                                   const gotool::ModuleFile& all, const std::vector<std::string>& fetched) {
  auto text = without_directives(user_text, {"replace", "exclude"});
  for (const auto& [path, version] : all.requirements) {
    if (user.required_version(path).empty())
      text += fmt::format("\nrequire {} {} // indirect\n", path, version);
    if (std::find(fetched.begin(), fetched.end(), path) == fetched.end())
      text += fmt::format("\nreplace {0} {1} => ./vendor/{0}\n", path, version);
  }
  return text;
}

std::string render_vendored_stub(const std::string& path, const std::vector<VendoredModule>& vendored) {
  auto text = fmt::format("module {}\n", path);
  for (const auto& module : vendored)
    if (module.path == path && !module.go.empty()) text += fmt::format("\ngo {}\n", module.go);
  return text;
}

}  // namespace otel::plan
