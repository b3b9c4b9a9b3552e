// SPDX-License-Identifier: Apache-2.0
#include "observe/build_report.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/text.h"

namespace otel::observe {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --back: #fff; --text: #1c2024; --quiet: #60646c; --line: #e0e1e6; --fill: #f4f5f7;
  --woven: #4653c9; --plain: #b4b9c4; --bad: #b42318; }
@media (prefers-color-scheme: dark) { :root { --back: #14161a; --text: #e8eaee; --quiet: #9aa1ad; --line: #2c3038;
  --fill: #1c1f25; --woven: #8f9bff; --plain: #565d6b; --bad: #ff8f84; } }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 62rem; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font: 600 1.35rem/1.3 ui-monospace, monospace; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 2.4rem 0 .6rem; }
p { margin: .3rem 0; } .quiet { color: var(--quiet); } .bad { color: var(--bad); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .7rem; margin: 1.4rem 0 0; }
dl div { background: var(--fill); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem; }
dt { color: var(--quiet); font-size: .82rem; } dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; color: var(--quiet); font-weight: 500; }
td, th { border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; vertical-align: top; font-size: .9rem; }
td { overflow-wrap: anywhere; } code { font: .86rem ui-monospace, monospace; }
.why { width: 42%; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.bar { width: 34%; } .bar i { display: block; height: .7rem; margin-top: .35rem; border-radius: 3px; background: var(--plain);
  min-width: 2px; } .woven i { background: var(--woven); } .woven td:first-child { color: var(--woven); }
summary { cursor: pointer; } li { margin: .2rem 0; } ul { padding-left: 1.2rem; margin: .3rem 0; }
)";

std::string escape(std::string_view text) {
  std::string escaped;
  for (char c : text) switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  return escaped;
}

std::string code(std::string_view text) {
  return fmt::format("<code>{}</code>", escape(text));
}

std::string duration(std::int64_t us) {
  if (us < 1000) return us > 0 ? "&lt; 1 ms" : "0 ms";
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

// A bar as long as its part of the whole.
std::string bar(std::int64_t part, std::int64_t whole) {
  return fmt::format(R"(<td class="bar"><i style="width: {:.1f}%"></i></td>)",
                     whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0);
}

std::string render_head(const BuildRecord& record) {
  auto versions = fmt::format("otel {} · {}", escape(record.otel), escape(record.go));
  if (!record.linked.opentelemetry.empty())
    versions += " · OpenTelemetry " + escape(record.linked.opentelemetry);
  return fmt::format(
      "<h1>otel {}</h1>\n<p class=\"quiet\">in {}</p>\n<p>{} · <span class=\"{}\">{}</span></p>\n",
      escape(record.command), code(record.folder), versions, record.succeeded ? "quiet" : "bad",
      escape(record.ending));
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
    return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
  };
  std::int64_t stages = 0;
  for (const auto& stage : record.stages) stages += stage.end_us - stage.begin_us;
  auto text = "<dl>\n" + tile("whole command", duration(record.end_us - record.begin_us)) +
              tile("otel's own stages", duration(stages)) +
              tile("go", duration(record.end_us - record.go_begin_us));
  if (!record.plan.empty()) {
    auto sum = sum_tools(record.tools);
    text += tile("packages compiled", fmt::format("{}", sum.compiled)) +
            tile("of them woven", fmt::format("{}", sum.compiled_woven)) +
            tile("woven compiles", duration(sum.woven)) + tile("weaving alone", duration(sum.weaving)) +
            tile("link", sum.link > 0 ? duration(sum.link) : "not needed");
    if (sum.binaries > 0) text += tile(count(sum.binaries, "binary", "binaries"), size(sum.binary));
  }
  return text + "</dl>\n";
}

std::string render_warnings(const BuildRecord& record) {
  if (record.plan.warnings.empty()) return "";
  std::string text = "<h2>Warnings</h2>\n<ul>\n";
  for (const auto& warning : record.plan.warnings) text += fmt::format("<li>{}</li>\n", escape(warning));
  return text + "</ul>\n";
}

// Packages and versions that a rule was woven into.
std::string targets_of(const BuildRecord& record, const std::string& rule) {
  std::string text;
  for (const auto& package : record.packages) {
    if (std::find(package.rules.begin(), package.rules.end(), rule) == package.rules.end()) continue;
    auto linked = std::find_if(
        record.linked.rules.begin(), record.linked.rules.end(),
        [&](const auto& other) { return other.rule == rule && other.package == package.package; });
    text += fmt::format("{}{} {}", text.empty() ? "" : "<br>", code(package.package),
                        linked == record.linked.rules.end() ? "" : escape(linked->version));
  }
  return text;
}

std::string render_woven(const BuildRecord& record) {
  std::map<std::string, std::vector<std::string>> places;
  for (const auto& outcome : record.plan.outcomes)
    if (!outcome.place.empty()) places[outcome.rule].push_back(outcome.place);
  auto text = fmt::format("<h2>Woven: {} into {}</h2>\n", count(places.size(), "rule", "rules"),
                          count(record.packages.size(), "package", "packages"));
  text += "<table>\n<tr><th>rule</th><th>package</th><th>at</th></tr>\n";
  for (const auto& [rule, at] : places) {
    std::string list;
    for (const auto& place : at) list += (list.empty() ? "" : "<br>") + code(place);
    text += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", code(rule), targets_of(record, rule),
                        list);
  }
  return text + "</table>\n";
}

std::string render_left(const BuildRecord& record) {
  std::vector<std::string> reasons;  // in the order of the rules
  std::map<std::string, std::set<std::string>> rules_of;
  for (const auto& outcome : record.plan.outcomes) {
    if (!outcome.place.empty()) continue;
    if (!rules_of.contains(outcome.reason)) reasons.push_back(outcome.reason);
    rules_of[outcome.reason].insert(outcome.rule);
  }
  if (reasons.empty()) return "";
  std::string text = "<h2>Not woven</h2>\n<table>\n<tr><th class=\"why\">why</th><th>rules</th></tr>\n";
  for (const auto& reason : reasons) {
    std::string rules;
    for (const auto& rule : rules_of[reason]) rules += (rules.empty() ? "" : ", ") + code(rule);
    text += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", escape(reason), rules);
  }
  return text + "</table>\n";
}

std::string render_stages(const BuildRecord& record) {
  auto whole = record.end_us - record.begin_us;
  auto text = std::string("<h2>Stages</h2>\n<table>\n");
  auto add = [&](std::string_view kind, std::string_view name, std::int64_t us) {
    text += fmt::format("<tr class=\"{}\"><td>{}</td><td class=\"number\">{}</td>{}</tr>\n", kind,
                        escape(name), duration(us), bar(us, whole));
  };
  for (const auto& stage : record.stages) add("woven", stage.name, stage.end_us - stage.begin_us);
  add("", record.command.substr(0, record.command.find(' ', 3)), record.end_us - record.go_begin_us);
  return text + "</table>\n";
}

std::string render_tools(const BuildRecord& record) {
  auto runs = record.tools;
  if (runs.empty()) return "<h2>Compiled</h2>\n<p>Nothing: everything came from go's build cache.</p>\n";
  std::stable_sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return took(a) > took(b); });
  auto text = fmt::format(
      "<h2>Compiled, the longest first</h2>\n<p class=\"quiet\">Everything else came from go's build cache. "
      "Tools run beside one another, so their times add up to more than the build took.</p>\n<details{}>"
      "<summary>{}</summary>\n<table>\n<tr><th>package</th><th>tool</th><th class=\"number\">time</th>"
      "<th class=\"number\">of it weaving</th><th></th></tr>\n",
      runs.size() <= 60 ? " open" : "", count(runs.size(), "tool process", "tool processes"));
  for (const auto& run : runs)
    text += fmt::format(
        "<tr class=\"{}\"><td>{}</td><td>{}{}</td><td class=\"number\">{}</td>"
        "<td class=\"number\">{}</td>{}</tr>\n",
        run.woven() ? "woven" : "", code(run.package), escape(run.tool),
        run.status == 0 ? "" : fmt::format(" <span class=\"bad\">(exit status {})</span>", run.status),
        duration(took(run)), run.woven() ? duration(run.weaving_us) : "", bar(took(run), took(runs.front())));
  return text + "</table>\n</details>\n";
}

std::string render_body(const BuildRecord& record) {
  auto text = render_head(record) + render_sums(record) + render_warnings(record);
  if (!record.loaded)
    text += "<h2>Nothing was woven</h2>\n<p>go could not load the packages; its own messages say why.</p>\n";
  else if (record.plan.empty())
    text += "<h2>Nothing was woven</h2>\n<p>This build is what plain go does.</p>\n";
  else
    text += render_woven(record);
  text += render_left(record) + render_stages(record);
  if (!record.plan.empty()) text += render_tools(record);
  return text;
}

}  // namespace

std::string render_build_report(const BuildRecord& record) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>otel {}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      escape(record.command), kStyle, render_body(record));
}

}  // namespace otel::observe
