// SPDX-License-Identifier: Apache-2.0
#include "plan/vendor.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "gotool/module_lines.h"

namespace otel::plan {
namespace {

bool is_version(std::string_view token) {
  return token.size() > 1 && token[0] == 'v' && token[1] >= '0' && token[1] <= '9';
}

using Tokens = std::vector<std::string>;

// "replace path version => …"; one of all versions has the arrow in the version's place.
bool replaces_one_version(const Tokens& tokens) {
  return tokens[0] == "replace" && tokens.size() > 3 && tokens[2] != "=>";
}

std::string render_replacement(const gotool::Requirement& module) {
  return fmt::format("\nreplace {0} {1} => ./vendor/{0}\n", module.path, module.version);
}

bool contains(const std::vector<std::string>& tokens, const std::string& token) {
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

}  // namespace

bool is_workspace_list(std::string_view text) {
  auto first = text.substr(0, text.find('\n'));
  if (first.substr(0, 3) != "## ") return false;
  auto notes = base::split(first.substr(3), ';');
  return std::any_of(notes.begin(), notes.end(),
                     [](std::string_view note) { return base::trim(note) == "workspace"; });
}

std::vector<VendoredModule> parse_vendor_list(std::string_view text) {
  std::vector<VendoredModule> modules;
  for (auto line : base::split_lines(text)) {
    if (line.substr(0, 3) == "## ") {
      // "## explicit; go 1.21"
      for (auto entry : base::split(line.substr(3), ';'))
        if (auto token = base::trim(entry); token.substr(0, 3) == "go " && !modules.empty())
          modules.back().go = base::trim(token.substr(3));
      continue;
    }
    if (line.substr(0, 2) != "# ") continue;
    // "# path version", "# path version => …"; "# path => …" repeats a replacement of every version.
    auto tokens = gotool::module_line_tokens(line.substr(2));
    if (tokens.size() >= 2 && is_version(tokens[1])) modules.push_back({tokens[0], tokens[1], ""});
  }
  return modules;
}

gotool::ModuleFile add_vendored(gotool::ModuleFile user, const std::vector<VendoredModule>& vendored) {
  for (const auto& module : vendored) {
    auto known = std::find_if(user.requirements.begin(), user.requirements.end(),
                              [&](const auto& entry) { return entry.path == module.path; });
    if (known == user.requirements.end())
      user.requirements.push_back({module.path, module.version});
    else
      known->version = module.version;
  }
  return user;
}

std::string render_vendored_module(const std::string& user_text, const gotool::ModuleFile& user,
                                   const gotool::ModuleFile& all, const std::vector<std::string>& fetched) {
  auto text = gotool::without_directives(user_text, [&](const Tokens& tokens) {
    return (tokens[0] == "replace" && !(tokens.size() > 1 && contains(fetched, tokens[1]))) ||
           tokens[0] == "exclude";
  });
  for (const auto& module : all.requirements) {
    if (user.required_version(module.path).empty())
      text += fmt::format("\nrequire {} {} // indirect\n", module.path, module.version);
    if (!contains(fetched, module.path)) text += render_replacement(module);
  }
  return text;
}

// A replacement of all versions stays: it may settle what the modules' own replacements contradict each other
// in, and one of a single version goes before it.
std::string render_vendored_work(const std::string& user_text, const gotool::ModuleFile& all,
                                 const std::vector<std::string>& fetched) {
  auto text = gotool::without_directives(user_text, replaces_one_version);
  for (const auto& module : all.requirements)
    if (!contains(fetched, module.path)) text += render_replacement(module);
  return text;
}

std::string render_vendored_stub(const std::string& path, const std::vector<VendoredModule>& vendored) {
  // Of a workspace's modules each may have required another version; the last is what is vendored.
  auto module = std::find_if(vendored.rbegin(), vendored.rend(),
                             [&](const auto& entry) { return entry.path == path && !entry.go.empty(); });
  auto go = module == vendored.rend() ? "" : fmt::format("\ngo {}\n", module->go);
  return fmt::format("module {}\n{}", path, go);
}

}  // namespace otel::plan
