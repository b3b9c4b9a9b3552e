// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include <algorithm>

namespace otel::cli {

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> kVerbs = {
      {"go",
       {{"[options] go build|install|run|test [flags] [packages]",
         "as the go command, with OpenTelemetry woven in"},
        {"go <any other go command>", "handed to go unchanged"}},
       "Flags, packages, messages and the exit status are those of the go command. go.mod, go.sum and every\n"
       "other file stay as they are, and so do the versions of all dependencies.\n",
       {{"otel go build -o myapp", "a woven binary"},
        {"otel go test -race ./...", "tests with spans"},
        {"otel --verbose go build", "says what is woven where, and what is left"},
        {"otel --report build.html go build", "a page on what was woven and what it cost"},
        {"otel --rules rules.yaml --strict go build", "with rules of your own, none of which may fail"}},
       {"build", "install", "run", "test", "vet", "mod", "list", "env", "generate", "version"}},
      {"explain",
       {{"explain [flags] [packages]", "what a build would weave, where, and why not the rest"},
        {"explain --diff PACKAGE", "what weaving changes in a package"}},
       "Takes the flags and packages of \"go build\" and builds nothing.\n",
       {{"otel explain ./cmd/server", "each rule with file:line, or with the reason that it is left"},
        {"otel explain --diff net/http", "the woven source as a diff"}},
       {"--diff"}},
      {"doctor",
       {{"doctor [flags] [packages]", "is everything there that a build needs?"}},
       "Looks at the Go release, the caches, GOFLAGS, rule files, the project, where the OpenTelemetry "
       "modules come\n"
       "from, and whether somebody listens where programs export to. The exit status is 1 if anything is "
       "bad.\n",
       {{"otel doctor", "a line for each thing, with an advice where one is due"}},
       {}},
      {"rules",
       {{"rules list [packages]", "which rules apply, from where, and why others don't"},
        {"rules check [files]", "look for mistakes in rules and their hooks"},
        {"rules test PACKAGE", "what rules change in a package, as a diff"},
        {"rules trust [--diff] [--yes] MODULE",
         "show what a dependency's rules would do, and consent to them"},
        {"rules schema", "a JSON Schema of rule files, for editors"}},
       "\"otel help rule-files\" explains the keys of rule files.\n",
       {{"otel rules check", "every mistake, with file:line:column"}, {"otel rules list ./...", "a table"}},
       {"list", "check", "test", "trust", "schema"}},
      {"view",
       {{"view [flags]", "receive traces, metrics and logs, and show them in a browser"}},
       "Listens on loopback only, for OTLP on ports 4317 (gRPC) and 4318 (HTTP), and keeps everything in "
       "memory.\n"
       "go builds the viewer when it is first used; nothing is fetched. \"otel view --help\" lists the "
       "flags.\n",
       {{"otel view --open", "starts it and opens its page"},
        {"otel view --port 0 --grpc 127.0.0.1:0", "at any free ports, which it prints"}},
       {"--listen", "--port", "--grpc", "--http", "--open", "--max-spans", "--max-logs", "--help"}},
      {"clean",
       {{"clean [-n]", "empty otel's cache; -n only prints what would be removed"}},
       "The cache is also trimmed by builds, once a day: what wasn't used for five days goes, and the oldest "
       "of "
       "what\n"
       "is more than 512 MiB. Go's own caches are left to \"go clean\".\n",
       {{"otel clean -n", "what there is, and how much"}},
       {"-n"}},
      {"version",
       {{"version", "of otel"}, {"version -m BINARY...", "what is woven into binaries"}},
       "",
       {{"otel version -m myapp", "the rules, and the releases of otel and OpenTelemetry"}},
       {"-m"}},
      {"completion",
       {{"completion bash|zsh|fish", "a script that makes a shell complete otel's words"}},
       "",
       {{"source <(otel completion bash)", "in ~/.bashrc"},
        {"otel completion zsh >\"${fpath[1]}/_otel\"", "once"},
        {"otel completion fish >~/.config/fish/completions/otel.fish", "once"}},
       {"bash", "zsh", "fish"}},
      {"help",
       {{"help [command]", "of otel, or of one command"},
        {"help rule-files", "the keys of rule files"},
        {"help manual", "the manual page, for man(1)"}},
       "",
       {},
       {"go", "explain", "doctor", "rules", "view", "clean", "version", "completion", "rule-files",
        "manual"}},
  };
  return kVerbs;
}

const Verb* find_verb(std::string_view name) {
  auto found =
      std::find_if(verbs().begin(), verbs().end(), [&](const Verb& verb) { return verb.name == name; });
  return found == verbs().end() ? nullptr : &*found;
}

}  // namespace otel::cli
