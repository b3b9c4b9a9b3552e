// SPDX-License-Identifier: Apache-2.0
//
// A command line of `go tool compile` as the go command writes it (cmd/go/internal/work/gc.go), read and
// changed where weaving needs it; all other arguments are unchanged.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otel::gotool {

// The flag that otel adds to a package's -gcflags and that its tool process removes.
inline constexpr std::string_view kMarker = "-otel=";

struct CompileCommand {
  std::vector<std::string> arguments;   // [0] is the compiler; the marker is gone
  std::string digest;                   // the marker's value
  std::string output;                   // -o
  std::string package;                  // -p: an import path, or "main"
  std::vector<std::size_t> files;       // indices in arguments of the Go files
  std::optional<std::size_t> trimpath;  // index in arguments of -trimpath's value
  bool race_detector = false;           // -race

  // Where the object and all generated files of this compile go.
  std::string work_directory() const;
};

// The marker's value in a tool's arguments, if it is there. Called in every tool process.
std::optional<std::string_view> find_marker(const std::vector<std::string_view>& arguments);

// Words of a compile with a marker. Throws base::InternalError for a command line that go does not write.
CompileCommand parse_compile_command(const std::vector<std::string_view>& arguments);

// The directory that positions in files of `directory` are recorded under: what the rewrites of -trimpath
// make of it, or what the compiler itself does to GOROOT (cmd/internal/objabi.AbsFile).
std::string recorded_directory(std::string_view directory, std::string_view trimpath,
                               std::string_view goroot);

// The path under which positions are recorded in a file that replaces another in an overlay (`from`=>`path`
// in -trimpath, cmd/go/internal/work/gc.go); nothing for a file that isn't overlaid.
std::optional<std::string> overlaid_path(std::string_view file, std::string_view trimpath);

// Makes a file, or the files in a directory, appear to be, or to lie in, `recorded`.
void add_position_rewrite(CompileCommand& command, const std::string& generated, const std::string& recorded);

}  // namespace otel::gotool
