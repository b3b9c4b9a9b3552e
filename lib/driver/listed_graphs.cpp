// SPDX-License-Identifier: Apache-2.0
#include "driver/listed_graphs.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "plan/weaver_digest.h"

namespace otel::driver {
namespace {

using base::Path;

// "name size", a line end, and as many bytes.
void add_section(std::string& text, const std::string& name, const std::string& bytes) {
  text += fmt::format("{} {}\n{}", name, bytes.size(), bytes);
}

// Nothing for a text that isn't made of sections.
std::optional<std::map<std::string, std::string>> parse_sections(std::string_view text) {
  std::map<std::string, std::string> sections;
  while (!text.empty()) {
    auto blank = text.find(' ');
    auto end = text.find('\n');
    if (end == std::string_view::npos || blank > end) return std::nullopt;
    std::size_t size = 0;
    if (std::from_chars(text.data() + blank + 1, text.data() + end, size).ptr != text.data() + end)
      return std::nullopt;
    if (size > text.size() - end - 1) return std::nullopt;
    sections.emplace(text.substr(0, blank), text.substr(end + 1, size));
    text.remove_prefix(end + 1 + size);
  }
  return sections;
}

// The module cache may have been emptied.
bool has_folders(const gotool::BuildGraph& graph) {
  return std::all_of(graph.packages.begin(), graph.packages.end(), [](const auto& package) {
    std::error_code ignored;
    return std::filesystem::exists(package.folder, ignored);
  });
}

constexpr auto kInputs = "inputs";

}  // namespace

ListedGraphs::ListedGraphs(const Site& site, const gotool::GoCommand& command) : site_(site) {
  auto key = base::short_digest(fmt::format("{}\n{}\n{}\n{}", plan::kWeaverDigest, site.folder.string(),
                                            site.go.all, base::join(gotool::make_list_words(command), "\n")));
  file_ = site.cache / "graphs" / key;
  read();
}

void ListedGraphs::read() {
  auto text = base::read_file_if_present(file_);
  if (!text) return;
  auto sections = parse_sections(*text);
  if (!sections || sections->count(kInputs) == 0) return;
  made_of_ = plan::unchanged_inputs(sections->at(kInputs));
  if (!made_of_) return;
  sections->erase(kInputs);
  answers_ = *std::move(sections);
}

gotool::BuildGraph ListedGraphs::list(const gotool::GoCommand& command) {
  auto question = base::short_digest(base::join(gotool::make_list_words(command), "\n"));
  if (auto answer = answers_.find(question); answer != answers_.end()) {
    auto graph = gotool::parse_build_graph(answer->second);
    if (has_folders(graph)) return graph;
    made_of_.reset();
    answers_.clear();
  }
  auto run = [&](const base::Command& ask) {
    auto answer = site_.run(ask);
    answers_[question] = answer.output;
    asked_ = true;
    return answer;
  };
  auto graph = gotool::list_build_graph(run, site_.go.go, site_.folder, command);
  if (graph.broken) answers_.erase(question);
  return graph;
}

void ListedGraphs::keep(const plan::Inputs& made_of) const {
  if (!asked_) return;
  std::string text;
  add_section(text, kInputs, made_of.render());
  for (const auto& [question, answer] : answers_) add_section(text, question, answer);
  base::write_file(file_, text);
}

}  // namespace otel::driver
