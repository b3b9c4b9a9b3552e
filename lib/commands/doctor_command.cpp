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

Finding check_directory(std::string subject, const Path& directory) {
  try {
    auto probe = directory / "otel-doctor";
    base::write_file(probe, "");
    base::remove_tree(probe);
    return {Verdict::Good, std::move(subject), directory.string()};
  } catch (const Error& error) {
    return bad(std::move(subject), error);
  }
}

Finding check_own_cache(const Path& cache) {
  auto finding = check_directory("otel's cache", cache);
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
std::vector<Finding> check_goflags(const gotool::Toolchain& toolchain) {
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
Finding check_modules(const gotool::Toolchain& toolchain, const gotool::ModuleFile& program) {
  auto version = plan::choose_sdk_version(program);
  const std::string subject = "OpenTelemetry";
  if (base::find_any(Path(toolchain.env.module_cache) / plan::sdk_directory(program) / "go.mod"))
    return {Verdict::Good, subject, fmt::format("{} is in the module cache", version)};
  if (auto directory = plan::find_bundled_modules(base::own_path()))
    return {Verdict::Good, subject, fmt::format("{} comes from {}", version, directory->string())};
  auto result = toolchain.run({{toolchain.env.go, "env", "GOPROXY"}, {}, toolchain.directory});
  auto proxy = std::string(base::trim(result.output));
  if (proxy == "off")
    return {Verdict::Bad, subject, fmt::format("{} is not in the module cache, and GOPROXY is off", version),
            "build once with a proxy, or use a release of otel that includes the modules"};
  return {Verdict::Note, subject, fmt::format("{} will be downloaded from {}", version, proxy)};
}

std::string name_of(const preprocess::Project& project) {
  return fmt::format("{}{}", project.vendored ? "vendored " : "",
                     project.kind == preprocess::ProjectKind::Workspace ? "workspace" : "module");
}

std::vector<Finding> check_project(const gotool::Toolchain& toolchain, const GoCommand& command) {
  plan::InputReader reader;
  auto found = preprocess::read_project(
      toolchain, gotool::make_build_request(command, toolchain.env.goflags).settings, reader);
  if (const auto* refused = std::get_if<std::string>(&found))
    return {{Verdict::Bad, "project", *refused, "the build is the same as with plain go"}};
  const auto& project = std::get<preprocess::Project>(found);
  std::vector<Finding> findings = {
      {Verdict::Good, "project",
       fmt::format("{} of {}, go {}", name_of(project), project.file.string(), project.user.go)}};
  auto chosen = plan::choose_otel_version(project.linked);
  if (chosen.version.empty()) {
    findings.push_back({Verdict::Bad, "OpenTelemetry", fmt::format("no release fits go {}", project.user.go),
                        "set the go line of go.mod to 1.20 or later"});
    return findings;
  }
  if (!chosen.raised_from.empty())
    findings.push_back(
        {Verdict::Note, "OpenTelemetry",
         fmt::format("the program requires {}, which is too old to weave; a woven build uses {}",
                     chosen.raised_from, chosen.version),
         "see --deps"});
  findings.push_back(check_modules(toolchain, project.linked));
  return findings;
}

Finding check_rules(const gotool::Toolchain& toolchain, const cli::Options& options) {
  plan::InputReader reader;
  auto sources = preprocess::read_rule_sources(toolchain, options, reader);
  auto count = [](const std::vector<rules::RuleFile>& files) {
    std::size_t all = 0;
    for (const auto& file : files) all += file.rules.size();
    return all;
  };
  return {Verdict::Good, "rules",
          fmt::format("{} built in, {} from the project, {} from --rules", count(sources.built_in),
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

// The endpoint that these variables set; programs probably run with the same ones.
Finding check_endpoint() {
  const char* given = std::getenv("OTEL_EXPORTER_OTLP_ENDPOINT");
  bool chosen = given && *given;
  std::string url = chosen ? given : "http://localhost:4317";
  auto source = chosen ? "OTEL_EXPORTER_OTLP_ENDPOINT" : "the default endpoint";
  auto endpoint = base::parse_endpoint(url);
  if (!endpoint)
    return {Verdict::Bad, "exporter", fmt::format("{}={} has no host and port", source, shown(url)),
            "write it as http://localhost:4317"};
  auto addresses = find_addresses(endpoint->host);
  std::optional<std::string> failure = "unknown host";
  for (const auto& address : addresses) {
    failure = base::find_connect_error(address, endpoint->port, std::chrono::milliseconds(1000));
    if (!failure)
      return {Verdict::Good, "exporter", fmt::format("a receiver listens at {} ({})", shown(url), source)};
  }
  return {Verdict::Note, "exporter",
          fmt::format("no receiver listens at {} ({}): {}", shown(url), source, *failure),
          "programs run without one; start a collector, or set OTEL_TRACES_EXPORTER=console"};
}

// Each check is made only if the checks that it depends on found nothing bad.
std::vector<Finding> examine(const cli::Options& options, const GoCommand& command) {
  std::vector<Finding> findings;
  auto add = [&](std::vector<Finding> more) { findings.insert(findings.end(), more.begin(), more.end()); };
  std::string subject = "go";
  try {
    auto toolchain = gotool::read_toolchain(gotool::find_go(), gotool::run_directory(command));
    add({{Verdict::Good, subject, fmt::format("{} {}", toolchain.env.version, toolchain.env.go)}});
    add({check_directory("build cache", toolchain.env.cache),
         check_own_cache(gotool::find_own_cache(toolchain))});
    add(check_goflags(toolchain));
    subject = "rules";
    add({check_rules(toolchain, options)});
    subject = "project";
    add(check_project(toolchain, command));
  } catch (const Error& error) {
    add({bad(subject, error)});
  }
  add({check_endpoint()});
  return findings;
}

}  // namespace

int run_doctor_command(const cli::Options& options, const std::vector<std::string>& arguments) {
  std::vector<std::string> build = {"build"};
  build.insert(build.end(), arguments.begin(), arguments.end());
  auto command = gotool::parse_go_command(build);
  if (!command)
    throw Error(fmt::format("doctor: go build doesn't accept \"{}\"", base::join(arguments, " ")))
        .hint("use the flags and packages of \"go build\"")
        .status(base::kExitUsage);
  int status = 0;
  for (const auto& finding : examine(options, *command)) {
    constexpr std::string_view kVerdicts[] = {"ok", "note", "BAD"};
    fmt::print("{:5} {:14} {}{}{}\n", kVerdicts[static_cast<int>(finding.verdict)], finding.subject,
               finding.text, finding.advice.empty() ? "" : "; ", finding.advice);
    if (finding.verdict == Verdict::Bad) status = base::kExitError;
  }
  return status;
}

}  // namespace otel::commands
