// SPDX-License-Identifier: Apache-2.0
#include "observe/build_trace.h"

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"

namespace otel::observe {
namespace {

using base::json_quote;

// cmd/go/internal/trace writes its own events as process 0.
constexpr int kGo = 0;
constexpr int kOtel = 1;
constexpr int kTools = 2;

std::string name_process(int process, std::string_view name) {
  return fmt::format(R"({{"name":"process_name","ph":"M","pid":{},"args":{{"name":{}}}}},
{{"name":"process_sort_index","ph":"M","pid":{},"args":{{"sort_index":{}}}}})",
                     process, json_quote(name), process, process == kOtel ? -1 : process);
}

std::string render_event(std::string_view name, int process, std::size_t row, std::int64_t begin_us,
                         std::int64_t end_us, std::string_view arguments) {
  return fmt::format(R"({{"name":{},"ph":"X","ts":{},"dur":{},"pid":{},"tid":{},"args":{{{}}}}})",
                     json_quote(name), begin_us, end_us - begin_us, process, row, arguments);
}

std::string quote_all(const std::vector<std::string>& arguments) {
  std::string text;
  for (const auto& argument : arguments) text += (text.empty() ? "" : ",") + json_quote(argument);
  return text;
}

// go's events, one a line (cmd/go/internal/trace.writeEvent), without the brackets and commas between them.
// The beginning of an action on a woven package is marked.
void add_go_events(const BuildRecord& record, std::string_view go_trace, std::vector<std::string>& events) {
  static constexpr std::string_view kAction = R"({"name":"Executing action (build )";
  for (auto line : base::split_lines(go_trace)) {
    line = base::trim(line);
    if (line.starts_with(",")) line.remove_prefix(1);
    if (!line.starts_with("{") || !line.ends_with("}")) continue;
    std::string event(line);
    if (line.starts_with(kAction) && line.find(R"("ph":"B")") != std::string_view::npos) {
      auto package = line.substr(kAction.size(), line.find(")\"") - kAction.size());
      if (record.find_woven(package)) event.insert(event.size() - 1, R"(,"args":{"otel":"woven"})");
    }
    events.push_back(std::move(event));
  }
}

void add_stages(const BuildRecord& record, std::vector<std::string>& events) {
  events.push_back(render_event(
      record.command, kOtel, 0, record.begin_us, record.end_us,
      fmt::format(R"("directory":{},"ending":{})", json_quote(record.directory), json_quote(record.ending))));
  for (const auto& stage : record.stages)
    events.push_back(render_event(stage.name, kOtel, 0, stage.begin_us, stage.end_us, ""));
  events.push_back(render_event("go", kOtel, 0, record.go_begin_us, record.end_us, ""));
}

// A row holds tools that ran one after another.
std::size_t choose_row(const ToolRun& run, std::vector<std::int64_t>& row_ends) {
  for (std::size_t row = 0; row < row_ends.size(); ++row)
    if (row_ends[row] <= run.begin_us) {
      row_ends[row] = run.end_us;
      return row;
    }
  row_ends.push_back(run.end_us);
  return row_ends.size() - 1;
}

void add_tools(const BuildRecord& record, std::vector<std::string>& events) {
  std::vector<std::int64_t> row_ends;
  for (const auto& run : record.tools) {
    auto row = choose_row(run, row_ends);
    auto arguments = fmt::format(R"("status":{})", run.status);
    const auto* woven = run.woven() ? record.find_woven(run.package) : nullptr;
    if (woven)
      arguments += fmt::format(R"(,"otel":"woven","weaving_us":{},"rules":[{}])", run.weaving_us,
                               quote_all(woven->rules));
    if (run.binary_bytes > 0) arguments += fmt::format(R"(,"binary_bytes":{})", run.binary_bytes);
    events.push_back(render_event(fmt::format("{} {}", run.tool, run.package), kTools, row, run.begin_us,
                                  run.end_us, arguments));
    if (run.woven())
      events.push_back(render_event("weave " + run.package, kTools, row, run.begin_us,
                                    run.begin_us + run.weaving_us, R"("otel":"woven")"));
  }
}

}  // namespace

std::string render_build_trace(const BuildRecord& record, std::string_view go_trace) {
  std::vector<std::string> events = {name_process(kGo, "go"), name_process(kOtel, "otel"),
                                     name_process(kTools, "tools")};
  add_stages(record, events);
  add_tools(record, events);
  add_go_events(record, go_trace, events);
  return "[\n" + base::join(events, ",\n") + "\n]\n";
}

}  // namespace otel::observe
