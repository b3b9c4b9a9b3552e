// SPDX-License-Identifier: Apache-2.0
#include "commands/doctor_command.h"

#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <set>

#include "base/cache.h"
#include "base/error.h"
#include "base/network.h"
#include "base/text.h"
#include "gotool/toolchain.h"
#include "plan/bundled_modules.h"
#include "plan/module_files.h"
#include "preprocess/project.h"
#include "preprocess/rule_files.h"

namespace otel::commands {
namespace {

using base::Error;
using base::Path;
using gotool::GoCommand;

enum class Verdict { Good, Note, Bad };

// What was looked at, what was found there, and what to do.
struct Finding {
  Verdict verdict;
  std::string subject;
  std::string text;
  std::string advice = "";
};

Finding bad(std::string subject, const Error& error) {
  return {Verdict::Bad, std::move(subject), error.message(), error.hint()};
}

Finding look_at_folder(std::string subject, const Path& folder) {
  try {
    auto probe = folder / "otel-doctor";
    base::write_file(probe, "");
    base::remove_whole(probe);
    return {Verdict::Good, std::move(subject), folder.string()};
  } catch (const Error& error) {
    return bad(std::move(subject), error);
  }
}

Finding look_at_own_cache(const Path& cache) {
  auto finding = look_at_folder("otel's cache", cache);
  std::uint64_t bytes = 0;
  for (const auto& entry : base::list_cache(cache)) bytes += entry.bytes;
  finding.text += fmt::format(" ({})", base::bytes_text(bytes));
  return finding;
}

// The names of flags; a value, as one of -ldflags, may be secret.
std::string join_names(const std::string& goflags) {
  std::string names;
  for (const auto& flag : gotool::parse_goflags(goflags)) names += (names.empty() ? "-" : " -") + flag.name;
  return names;
}

// Flags of GOFLAGS that otel puts its own beside.
std::vector<Finding> look_at_goflags(const gotool::Toolchain& toolchain) {
  static const std::set<std::string> kShared = {"gcflags", "modfile", "overlay", "toolexec"};
  if (toolchain.env.goflags.empty()) return {{Verdict::Good, "GOFLAGS", "none"}};
  std::vector<Finding> findings;
  for (const auto& flag : gotool::parse_goflags(toolchain.env.goflags))
    if (kShared.count(flag.name))
      findings.push_back({Verdict::Note, "GOFLAGS", fmt::format("-{} is combined with otel's", flag.name)});
  if (findings.empty()) findings.push_back({Verdict::Good, "GOFLAGS", join_names(toolchain.env.goflags)});
  return findings;
}

// Where the modules that are linked into a woven program come from.
Finding look_at_modules(const gotool::Toolchain& toolchain, const gotool::ModuleFile& program) {
  auto version = plan::choose_sdk_version(program);
  const std::string subject = "OpenTelemetry";
  if (base::find_any(Path(toolchain.env.module_cache) / plan::sdk_folder(program) / "go.mod"))
    return {Verdict::Good, subject, fmt::format("{} is in the module cache", version)};
  if (auto folder = plan::find_bundled_modules(base::own_path()))
    return {Verdict::Good, subject, fmt::format("{} comes from {}", version, folder->string())};
  auto asked = toolchain.run({{toolchain.env.go, "env", "GOPROXY"}, {}, toolchain.directory});
  auto proxy = std::string(base::trim(asked.output));
  if (proxy == "off")
    return {Verdict::Bad, subject, fmt::format("{} is not in the module cache, and GOPROXY is off", version),
            "build once with a proxy, or use a release of otel with its modules beside it"};
  return {Verdict::Note, subject, fmt::format("{} will be downloaded from {}", version, proxy)};
}

std::string name_of(const preprocess::Project& project) {
  return fmt::format("{}{}", project.vendored ? "vendored " : "",
                     project.kind == preprocess::ProjectKind::Workspace ? "workspace" : "module");
}

std::vector<Finding> look_at_project(const gotool::Toolchain& toolchain, const GoCommand& command) {
  plan::InputReader reader;
  auto found = preprocess::read_project(
      toolchain, gotool::make_build_request(command, toolchain.env.goflags).settings, reader);
  if (const auto* refused = std::get_if<std::string>(&found))
    return {{Verdict::Bad, "project", *refused, "such a build is what plain go makes"}};
  const auto& project = std::get<preprocess::Project>(found);
  std::vector<Finding> findings = {
      {Verdict::Good, "project",
       fmt::format("{} of {}, go {}", name_of(project), project.file.string(), project.user.go)}};
  auto chosen = plan::choose_otel_version(project.linked);
  if (chosen.version.empty()) {
    findings.push_back({Verdict::Bad, "OpenTelemetry", fmt::format("no release fits go {}", project.user.go),
                        "raise the go line of go.mod to 1.20 or more"});
    return findings;
  }
  if (!chosen.raised_from.empty())
    findings.push_back({Verdict::Note, "OpenTelemetry",
                        fmt::format("the program has {}, which is too old to weave; a woven build has {}",
                                    chosen.raised_from, chosen.version),
                        "--deps says what is done"});
  findings.push_back(look_at_modules(toolchain, project.linked));
  return findings;
}

Finding look_at_rules(const gotool::Toolchain& toolchain, const cli::Options& options) {
  plan::InputReader reader;
  auto sources = preprocess::read_rule_sources(toolchain, options, reader);
  auto count = [](const std::vector<rules::RuleFile>& files) {
    std::size_t all = 0;
    for (const auto& file : files) all += file.rules.size();
    return all;
  };
  return {Verdict::Good, "rules",
          fmt::format("{} built in, {} of the project, {} of --rules", count(sources.built_in),
                      count(sources.project), count(sources.named))};
}

// The IP addresses of a host: one itself, or what getent(1) finds.
std::vector<std::string> find_addresses(const std::string& host) {
  if (host.find_first_not_of("0123456789.") == std::string::npos || host.find(':') != std::string::npos)
    return {host};
  if (host == "localhost") return {"127.0.0.1", "::1"};
  auto getent = base::find_program("getent");
  if (!getent) return {};
  std::vector<std::string> addresses;
  for (auto line : base::split(base::run_command({{*getent, "ahosts", host}, {}, {}}).output, '\n'))
    if (line.find("STREAM") != std::string_view::npos) addresses.emplace_back(line.substr(0, line.find(' ')));
  return addresses;
}

// A URL without what may be secret in it: user, password, and what follows "?" or "#".
std::string shown(std::string_view url) {
  std::string scheme;
  if (auto at = url.find("://"); at != std::string_view::npos) {
    scheme = url.substr(0, at + 3);
    url.remove_prefix(at + 3);
  }
  if (auto at = url.rfind('@'); at != std::string_view::npos) {
    scheme += "REDACTED";
    url.remove_prefix(at);
  }
  return scheme + std::string(url.substr(0, url.find_first_of("?#")));
}

// Programs send to where these variables say when they run; that is here as likely as not.
Finding look_at_endpoint() {
  const char* given = std::getenv("OTEL_EXPORTER_OTLP_ENDPOINT");
  bool chosen = given && *given;
  std::string url = chosen ? given : "http://localhost:4317";
  auto whose = chosen ? "OTEL_EXPORTER_OTLP_ENDPOINT" : "the default endpoint";
  auto endpoint = base::parse_endpoint(url);
  if (!endpoint)
    return {Verdict::Bad, "exporter", fmt::format("{}={} has no host and port", whose, shown(url)),
            "it is written as http://localhost:4317"};
  auto addresses = find_addresses(endpoint->host);
  std::optional<std::string> trouble = "unknown host";
  for (const auto& address : addresses) {
    trouble = base::find_connect_trouble(address, endpoint->port, std::chrono::milliseconds(1000));
    if (!trouble)
      return {Verdict::Good, "exporter", fmt::format("somebody listens at {} ({})", shown(url), whose)};
  }
  return {Verdict::Note, "exporter",
          fmt::format("nobody listens at {} ({}): {}", shown(url), whose, *trouble),
          "programs run without it; start a collector to see traces, or set OTEL_TRACES_EXPORTER=console"};
}

// Each step is taken only if those before it left nothing bad that it needs.
std::vector<Finding> examine(const cli::Options& options, const GoCommand& command) {
  std::vector<Finding> findings;
  auto add = [&](std::vector<Finding> more) { findings.insert(findings.end(), more.begin(), more.end()); };
  std::string subject = "go";
  try {
    auto toolchain = gotool::read_toolchain(gotool::find_go(), gotool::run_directory(command));
    add({{Verdict::Good, subject, fmt::format("{} {}", toolchain.env.version, toolchain.env.go)}});
    add({look_at_folder("build cache", toolchain.env.cache),
         look_at_own_cache(gotool::find_own_cache(toolchain))});
    add(look_at_goflags(toolchain));
    subject = "rules";
    add({look_at_rules(toolchain, options)});
    subject = "project";
    add(look_at_project(toolchain, command));
  } catch (const Error& error) {
    add({bad(subject, error)});
  }
  add({look_at_endpoint()});
  return findings;
}

}  // namespace

int run_doctor_command(const cli::Options& options, const std::vector<std::string>& words) {
  std::vector<std::string> build = {"build"};
  build.insert(build.end(), words.begin(), words.end());
  auto command = gotool::parse_go_command(build);
  if (!command)
    throw Error(fmt::format("otel doctor: go build doesn't take \"{}\"", base::join(words, " ")))
        .hint("it takes the flags and packages of \"go build\"")
        .status(base::kExitUsage);
  int status = 0;
  for (const auto& finding : examine(options, *command)) {
    constexpr std::string_view kWords[] = {"ok", "note", "BAD"};
    fmt::print("{:5} {:14} {}{}{}\n", kWords[static_cast<int>(finding.verdict)], finding.subject,
               finding.text, finding.advice.empty() ? "" : "; ", finding.advice);
    if (finding.verdict == Verdict::Bad) status = base::kExitError;
  }
  return status;
}

}  // namespace otel::commands
