// SPDX-License-Identifier: Apache-2.0
#include "cli/subcommands.h"

#include <algorithm>

namespace otel::cli {

const std::vector<Subcommand>& subcommands() {
  static const std::vector<Subcommand> kSubcommands = {
      {"go",
       {{"[options] go build|install|run|test [flags] [packages]",
         "run the go command with OpenTelemetry woven in"},
        {"go <any other go command>", "pass the command to go unchanged"}},
       "Flags, packages, messages and the exit status are those of the go command. go.mod, go.sum, all "
       "other\n"
       "files and the versions of all dependencies stay unchanged.\n",
       {{"otel go build -o myapp", "build a woven binary"},
        {"otel go test -race ./...", "run tests with spans"},
        {"otel --verbose go build", "print what is woven where, and what is skipped"},
        {"otel --report build.html go build", "write a page about what was woven and what it cost"},
        {"otel --rules rules.yaml --strict go build", "use your own rules; fail if one can't be woven"}},
       {"build", "install", "run", "test", "vet", "mod", "list", "env", "generate", "version"}},
      {"explain",
       {{"explain [--all] [flags] [packages]",
         "print what a build would weave, where, and why rules are skipped"},
        {"explain --diff PACKAGE", "print what weaving changes in a package"}},
       "Accepts the flags and packages of \"go build\", and builds nothing. Libraries that are not in the "
       "build "
       "are\n"
       "one line; --all lists their rules too.\n",
       {{"otel explain ./cmd/server", "print each rule with file:line, or why it is skipped"},
        {"otel explain --diff net/http", "print the woven source as a diff"}},
       {"--all", "--diff"}},
      {"doctor",
       {{"doctor [flags] [packages]", "check everything that a build needs"}},
       "Checks the Go release, the caches, GOFLAGS, rule files, the project, the source of the "
       "OpenTelemetry\n"
       "modules, and whether a receiver listens at the export endpoint. The exit status is 1 if a line says "
       "BAD.\n",
       {{"otel doctor", "print one line per check, with the next step for each problem"}},
       {}},
      {"rules",
       {{"rules list [--all] [packages]",
         "list the rules, their sources, and where they are woven or why they are skipped"},
        {"rules check [files]", "report mistakes in rules and their hooks"},
        {"rules test PACKAGE", "print what rules change in a package, as a diff"},
        {"rules trust [--diff] [--yes] MODULE",
         "show what a dependency's rules would do, and consent to them"},
        {"rules schema", "print a JSON Schema of rule files, for editors"}},
       "\"otel help rule-files\" explains the keys of rule files.\n",
       {{"otel rules check", "report every mistake with file:line:column"},
        {"otel rules list ./...", "print a table"}},
       {"list", "check", "test", "trust", "schema"}},
      {"view",
       {{"view [flags]", "receive traces, metrics and logs, and show them in a browser"}},
       "Listens on loopback only, for OTLP on ports 4317 (gRPC) and 4318 (HTTP), and keeps everything in "
       "memory.\n"
       "go builds the viewer on first use, without network access. \"otel view --help\" lists the flags.\n",
       {{"otel view --open", "start the viewer and open its page"},
        {"otel view --port 0 --grpc 127.0.0.1:0", "use any free ports and print them"}},
       {"--listen", "--port", "--grpc", "--http", "--open", "--max-spans", "--max-logs", "--help"}},
      {"env",
       {{"env [GOPROXY] [GONOSUMDB]",
         "print settings with which plain go finds the module that hooks import"}},
       "The module is part of otel, which keeps it in its cache as a module proxy in a directory. GOPROXY "
       "names "
       "that\n"
       "directory in front of your proxies, and GONOSUMDB the module beside your entries; for all other "
       "modules "
       "nothing\n"
       "changes. Without arguments the lines are for a shell to evaluate.\n",
       {{"eval \"$(otel env)\"", "set both in this shell: go mod tidy, go vet, gopls find the module"},
        {"go env -w GOPROXY=\"$(otel env GOPROXY)\" GONOSUMDB=\"$(otel env GONOSUMDB)\"",
         "set both for editors too"}},
       {"GOPROXY", "GONOSUMDB"}},
      {"clean",
       {{"clean [-n]", "empty otel's cache; -n prints what would be removed"}},
       "Builds also trim the cache once a day: entries that were not used for five days are removed, and "
       "the\n"
       "oldest ones while the rest exceeds 512 MiB. \"go clean\" empties go's own caches.\n",
       {{"otel clean -n", "print the entries and their total size"}},
       {"-n"}},
      {"version",
       {{"version", "print the version of otel"},
        {"version -m BINARY...", "print what is woven into binaries"}},
       "",
       {{"otel version -m myapp", "print the rules, and the versions of otel and OpenTelemetry"}},
       {"-m"}},
      {"completion",
       {{"completion bash|zsh|fish", "print a shell script that completes commands and options"}},
       "",
       {{"source <(otel completion bash)", "add to ~/.bashrc"},
        {"otel completion zsh >\"${fpath[1]}/_otel\"", "run once"},
        {"otel completion fish >~/.config/fish/completions/otel.fish", "run once"}},
       {"bash", "zsh", "fish"}},
      {"help",
       {{"help [command]", "print help for otel, or for one command"},
        {"help rule-files", "print the keys of rule files"},
        {"help manual", "print the manual page, for man(1)"}},
       "",
       {},
       {"go", "explain", "doctor", "rules", "view", "env", "clean", "version", "completion", "rule-files",
        "manual"}},
  };
  return kSubcommands;
}

const Subcommand* find_subcommand(std::string_view name) {
  auto found = std::find_if(subcommands().begin(), subcommands().end(),
                            [&](const Subcommand& subcommand) { return subcommand.name == name; });
  return found == subcommands().end() ? nullptr : &*found;
}

}  // namespace otel::cli
