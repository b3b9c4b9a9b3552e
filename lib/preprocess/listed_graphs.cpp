// SPDX-License-Identifier: Apache-2.0
#include "preprocess/listed_graphs.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "plan/record.h"
#include "plan/weaver_digest.h"

namespace otel::preprocess {
namespace {

using base::Path;

// The module cache may have been emptied.
bool has_folders(const gotool::BuildGraph& graph) {
  return std::all_of(graph.packages.begin(), graph.packages.end(),
                     [](const auto& package) { return base::find_any(package.folder); });
}

constexpr auto kInputs = "inputs";

}  // namespace

ListedGraphs::ListedGraphs(const cli::Site& site, const gotool::GoCommand& command) : site_(site) {
  auto key = base::short_digest(fmt::format("{}\n{}\n{}\n{}", plan::kWeaverDigest, site.folder.string(),
                                            site.go.all, base::join(gotool::make_list_words(command), "\n")));
  file_ = site.cache / "graphs" / key;
  read();
}

void ListedGraphs::read() {
  auto text = base::read_file_if_present(file_);
  if (!text) return;
  auto sections = plan::parse_record(*text);
  if (!sections || sections->count(kInputs) == 0) return;
  made_of_ = plan::unchanged_inputs(sections->find(kInputs)->second);
  if (!made_of_) return;
  base::mark_used(file_);
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
  auto sections = answers_;
  sections[kInputs] = made_of.render();
  base::write_file(file_, plan::render_record(sections));
}

}  // namespace otel::preprocess
