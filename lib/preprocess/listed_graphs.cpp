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
bool has_folders(const gotool::BuildGraph& graph, const base::FileSystem& files) {
  return std::all_of(graph.packages.begin(), graph.packages.end(),
                     [&](const auto& package) { return files.find_any(package.folder); });
}

constexpr auto kInputs = "inputs";

}  // namespace

ListedGraphs::ListedGraphs(const gotool::Toolchain& toolchain, const OwnCache& cache,
                           const gotool::GoCommand& command)
    : toolchain_(toolchain), files_(cache.files()) {
  auto key =
      base::short_digest(fmt::format("{}\n{}\n{}\n{}", plan::kWeaverDigest, toolchain.directory.string(),
                                     toolchain.env.all, base::join(gotool::make_list_words(command), "\n")));
  file_ = cache.directory() / "graphs" / key;
  read();
}

void ListedGraphs::read() {
  auto text = files_.read_file_if_present(file_);
  if (!text) return;
  auto sections = plan::parse_record(*text);
  if (!sections || sections->count(kInputs) == 0) return;
  made_of_ = plan::unchanged_inputs(sections->find(kInputs)->second, files_);
  if (!made_of_) return;
  files_.mark_used(file_);
  sections->erase(kInputs);
  answers_ = *std::move(sections);
}

gotool::BuildGraph ListedGraphs::list(const gotool::GoCommand& command) {
  auto question = base::short_digest(base::join(gotool::make_list_words(command), "\n"));
  if (auto answer = answers_.find(question); answer != answers_.end()) {
    auto graph = gotool::parse_build_graph(answer->second);
    if (has_folders(graph, files_)) return graph;
    made_of_.reset();
    answers_.clear();
  }
  auto run = [&](const base::Command& ask) {
    auto answer = toolchain_.run(ask);
    answers_[question] = answer.output;
    asked_ = true;
    return answer;
  };
  auto graph = gotool::list_build_graph(run, toolchain_.env.go, toolchain_.directory, command);
  if (graph.broken) answers_.erase(question);
  return graph;
}

void ListedGraphs::keep(const plan::Inputs& made_of) const {
  if (!asked_) return;
  auto sections = answers_;
  sections[kInputs] = made_of.render();
  files_.write_file(file_, plan::render_record(sections));
}

}  // namespace otel::preprocess
