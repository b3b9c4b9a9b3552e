// SPDX-License-Identifier: Apache-2.0
#include "observe/build_report.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/embedded.h"
#include "base/error.h"
#include "observe/page_template.h"

namespace otel::observe {
namespace {

const PageTemplate& page() {
  static const PageTemplate kPage = [] {
    auto text = base::find_embedded("lib/observe/build_report.html");
    if (!text) throw base::InternalError("the page of a report is missing");
    return PageTemplate(*text);
  }();
  return kPage;
}

// A part that ends no line.
std::string inline_part(std::string_view part,
                        std::initializer_list<std::pair<std::string_view, std::string>> values = {}) {
  auto text = page().fill(part, values);
  text.pop_back();
  return text;
}

std::string code(std::string_view text) {
  return inline_part("code", {{"text", std::string(text)}});
}

std::string duration(std::int64_t us) {
  if (us < 1000) return us > 0 ? "< 1 ms" : "0 ms";
  if (us < 1'000'000) return fmt::format("{} ms", us / 1000);
  return fmt::format("{:.2f} s", static_cast<double>(us) / 1e6);
}

std::string size(std::uint64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::int64_t took(const ToolRun& run) {
  return run.end_us - run.begin_us;
}

// "1 package", "2 packages".
std::string count(std::size_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

// How much of the whole a part is; the length of a bar.
std::string percent(std::int64_t part, std::int64_t whole) {
  return fmt::format("{:.1f}",
                     whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0);
}

std::string render_head(const BuildRecord& record) {
  auto versions = fmt::format("otel {} · {}", record.otel, record.go);
  if (!record.linked.opentelemetry.empty()) versions += " · OpenTelemetry " + record.linked.opentelemetry;
  return page().fill("head", {{"command", record.command},
                              {"directory", record.directory},
                              {"versions", versions},
                              {"class", record.succeeded ? "quiet" : "bad"},
                              {"ending", record.ending}});
}

struct ToolTimes {
  std::int64_t woven = 0, weaving = 0, link = 0;
  std::uint64_t binary = 0;
  std::size_t compiled = 0, compiled_woven = 0, binaries = 0;
};

ToolTimes sum_tools(const std::vector<ToolRun>& runs) {
  ToolTimes sum;
  for (const auto& run : runs) {
    if (run.tool == "compile") ++sum.compiled;
    if (run.woven()) {
      ++sum.compiled_woven;
      sum.woven += took(run);
      sum.weaving += run.weaving_us;
    }
    if (run.tool != "link") continue;
    sum.link += took(run);
    sum.binary += run.binary_bytes;
    if (run.binary_bytes > 0) ++sum.binaries;
  }
  return sum;
}

std::string render_sums(const BuildRecord& record) {
  auto tile = [](std::string_view name, const std::string& value) {
    return page().fill("tile", {{"name", std::string(name)}, {"value", value}});
  };
  std::int64_t stages = 0;
  for (const auto& stage : record.stages) stages += stage.end_us - stage.begin_us;
  auto tiles = tile("whole command", duration(record.end_us - record.begin_us)) +
               tile("otel's own stages", duration(stages)) +
               tile("go", duration(record.end_us - record.go_begin_us));
  if (!record.plan.empty()) {
    auto sum = sum_tools(record.tools);
    tiles += tile("packages compiled", fmt::format("{}", sum.compiled)) +
             tile("of them woven", fmt::format("{}", sum.compiled_woven)) +
             tile("woven compiles", duration(sum.woven)) + tile("weaving alone", duration(sum.weaving)) +
             tile("link", sum.link > 0 ? duration(sum.link) : "not needed");
    if (sum.binaries > 0) tiles += tile(count(sum.binaries, "binary", "binaries"), size(sum.binary));
  }
  return page().fill("sums", {{"tiles", tiles}});
}

std::string render_warnings(const BuildRecord& record) {
  if (record.plan.warnings.empty()) return "";
  std::string items;
  for (const auto& warning : record.plan.warnings) items += page().fill("warning", {{"warning", warning}});
  return page().fill("warnings", {{"items", items}});
}

// Packages and versions that a rule was woven into.
std::string targets_of(const BuildRecord& record, const std::string& rule) {
  std::string text;
  for (const auto& package : record.packages) {
    if (std::find(package.rules.begin(), package.rules.end(), rule) == package.rules.end()) continue;
    auto linked = std::find_if(
        record.linked.rules.begin(), record.linked.rules.end(),
        [&](const auto& other) { return other.rule == rule && other.package == package.package; });
    if (!text.empty()) text += inline_part("break");
    text += inline_part("target", {{"package", package.package},
                                   {"version", linked == record.linked.rules.end() ? "" : linked->version}});
  }
  return text;
}

std::string render_woven(const BuildRecord& record) {
  std::map<std::string, std::vector<std::string>> places;
  for (const auto& outcome : record.plan.outcomes)
    if (!outcome.place.empty()) places[outcome.rule].push_back(outcome.place);
  std::string rows;
  for (const auto& [rule, at] : places) {
    std::string list;
    for (const auto& place : at) list += (list.empty() ? "" : inline_part("break")) + code(place);
    rows +=
        page().fill("woven_rule", {{"rule", rule}, {"targets", targets_of(record, rule)}, {"places", list}});
  }
  return page().fill("woven", {{"rules", count(places.size(), "rule", "rules")},
                               {"packages", count(record.packages.size(), "package", "packages")},
                               {"rows", rows}});
}

std::string render_skipped(const BuildRecord& record) {
  std::vector<std::string> reasons;  // in the order of the rules
  std::map<std::string, std::set<std::string>> rules_of;
  for (const auto& outcome : record.plan.outcomes) {
    if (!outcome.place.empty()) continue;
    if (!rules_of.contains(outcome.reason)) reasons.push_back(outcome.reason);
    rules_of[outcome.reason].insert(outcome.rule);
  }
  if (reasons.empty()) return "";
  std::string rows;
  for (const auto& reason : reasons) {
    std::string rules;
    for (const auto& rule : rules_of[reason]) rules += (rules.empty() ? "" : ", ") + code(rule);
    rows += page().fill("skipped_reason", {{"reason", reason}, {"rules", rules}});
  }
  return page().fill("skipped", {{"rows", rows}});
}

std::string render_stages(const BuildRecord& record) {
  auto whole = record.end_us - record.begin_us;
  std::string rows;
  auto add = [&](std::string_view kind, std::string_view name, std::int64_t us) {
    rows += page().fill("stage", {{"class", std::string(kind)},
                                  {"name", std::string(name)},
                                  {"time", duration(us)},
                                  {"percent", percent(us, whole)}});
  };
  for (const auto& stage : record.stages) add("woven", stage.name, stage.end_us - stage.begin_us);
  add("", record.command.substr(0, record.command.find(' ', 3)), record.end_us - record.go_begin_us);
  return page().fill("stages", {{"rows", rows}});
}

std::string render_tools(const BuildRecord& record) {
  auto runs = record.tools;
  if (runs.empty()) return page().fill("nothing_compiled");
  std::stable_sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return took(a) > took(b); });
  std::string rows;
  for (const auto& run : runs)
    rows += page().fill(
        "tool", {{"class", run.woven() ? "woven" : ""},
                 {"package", run.package},
                 {"tool", run.tool},
                 {"status",
                  run.status == 0 ? "" : inline_part("failed", {{"status", fmt::format("{}", run.status)}})},
                 {"time", duration(took(run))},
                 {"weaving", run.woven() ? duration(run.weaving_us) : ""},
                 {"percent", percent(took(run), took(runs.front()))}});
  return page().fill("tools", {{"open", runs.size() <= 60 ? " open" : ""},
                               {"count", count(runs.size(), "tool process", "tool processes")},
                               {"rows", rows}});
}

std::string render_body(const BuildRecord& record) {
  auto text = render_head(record) + render_sums(record) + render_warnings(record);
  if (!record.loaded)
    text += page().fill("not_loaded");
  else if (record.plan.empty())
    text += page().fill("plain");
  else
    text += render_woven(record);
  text += render_skipped(record) + render_stages(record);
  if (!record.plan.empty()) text += render_tools(record);
  return text;
}

}  // namespace

std::string render_build_report(const BuildRecord& record) {
  return page().fill("page", {{"command", record.command}, {"body", render_body(record)}});
}

}  // namespace otel::observe
