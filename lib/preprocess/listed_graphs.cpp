// SPDX-License-Identifier: Apache-2.0
#include "preprocess/listed_graphs.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "plan/module_files.h"
#include "plan/record.h"
#include "plan/weaver_digest.h"

namespace otel::preprocess {
namespace {

using base::Path;

// The module cache may have been emptied.
bool has_directories(const gotool::BuildGraph& graph, const base::FileSystem& files) {
  return std::all_of(graph.packages.begin(), graph.packages.end(),
                     [&](const auto& package) { return files.find_any(package.directory); });
}

constexpr auto kInputs = "inputs";

}  // namespace

ListedGraphs::ListedGraphs(const gotool::Toolchain& toolchain, const OwnCache& cache,
                           const gotool::GoCommand& command)
    : toolchain_(toolchain), files_(cache.files()) {
  auto key = base::short_digest(fmt::format("{}\n{}\n{}\n{}", plan::kWeaverDigest,
                                            toolchain.directory.string(), toolchain.env.all,
                                            base::join(gotool::make_list_arguments(command), "\n")));
  file_ = cache.directory() / "graphs" / key;
  read();
}

void ListedGraphs::read() {
  auto text = files_.read_file_if_present(file_);
  if (!text) return;
  auto sections = plan::parse_record(*text);
  if (!sections || sections->count(kInputs) == 0) return;
  earlier_inputs_ = plan::unchanged_inputs(sections->find(kInputs)->second, files_);
  if (!earlier_inputs_) return;
  files_.mark_used(file_);
  sections->erase(kInputs);
  outputs_ = *std::move(sections);
}

gotool::BuildGraph ListedGraphs::list(const gotool::GoCommand& command) {
  auto key = base::short_digest(base::join(gotool::make_list_arguments(command), "\n"));
  if (auto result = outputs_.find(key); result != outputs_.end()) {
    auto graph = gotool::parse_build_graph(result->second);
    if (has_directories(graph, files_)) return graph;
    earlier_inputs_.reset();
    outputs_.clear();
  }
  auto run = [&](const base::Command& list) {
    auto result = toolchain_.run(list);
    outputs_[key] = result.output;
    has_new_outputs_ = true;
    return result;
  };
  auto graph = gotool::list_build_graph(run, toolchain_.env.go, toolchain_.directory, command);
  if (graph.broken || !plan::supplies_all(graph.missing)) outputs_.erase(key);
  return graph;
}

void ListedGraphs::keep(const plan::Inputs& inputs) const {
  if (!has_new_outputs_) return;
  auto sections = outputs_;
  sections[kInputs] = inputs.render();
  files_.write_file(file_, plan::render_record(sections));
}

}  // namespace otel::preprocess
