// SPDX-License-Identifier: Apache-2.0
#include "base/process.h"

#define BOOST_PROCESS_USE_STD_FS 1
#include <boost/asio/io_context.hpp>
#if __has_include(<boost/process/v1/child.hpp>)
#define BOOST_PROCESS_VERSION 1
#include <boost/process/v1/args.hpp>
#include <boost/process/v1/async.hpp>
#include <boost/process/v1/child.hpp>
#include <boost/process/v1/env.hpp>
#include <boost/process/v1/environment.hpp>
#include <boost/process/v1/io.hpp>
#include <boost/process/v1/start_dir.hpp>
namespace process = boost::process::v1;
#else
#include <boost/process.hpp>
#include <boost/process/async.hpp>
namespace process = boost::process;
#endif

#include <fmt/format.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <future>

#include "base/error.h"
#include "base/text.h"

namespace otel::base {

namespace {

// Starts the program with nothing on standard input and the given outputs, which `context` fills.
template <typename... Outputs>
int run_child(const Command& command, boost::asio::io_context& context, Outputs&&... outputs) {
  const auto& program = command.arguments.at(0);
  std::vector<std::string> arguments(command.arguments.begin() + 1, command.arguments.end());
  process::environment environment = boost::this_process::environment();
  for (const auto& [name, value] : command.environment) environment[name] = value;
  auto directory = command.directory.empty() ? Path(".") : command.directory;
  try {
    process::child child(program, process::args(arguments), environment,
                         process::start_dir(directory.string()), process::std_in < process::null,
                         std::forward<Outputs>(outputs)..., context);
    context.run();
    child.wait();
    int status = child.native_exit_code();  // macOS' macros take its address
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : child.exit_code();
  } catch (const process::process_error& failed) {
    throw Error(fmt::format("cannot run {}: {}", program, failed.code().message()));
  }
}

}  // namespace

ProcessResult run_command(const Command& command) {
  boost::asio::io_context context;
  std::future<std::string> output, error_output;
  int status = run_child(command, context, process::std_out > output, process::std_err > error_output);
  return {status, output.get(), error_output.get()};
}

ProcessResult run_with_merged_output(const Command& command) {
  boost::asio::io_context context;
  std::future<std::string> output;
  int status = run_child(command, context, (process::std_out & process::std_err) > output);
  return {status, output.get(), ""};
}

std::optional<std::string> find_program(const std::string& name) {
  if (name.find('/') != std::string::npos)
    return ::access(name.c_str(), X_OK) == 0 ? std::optional(name) : std::nullopt;
  const char* path = std::getenv("PATH");
  for (auto directory : split(path ? path : "", ':')) {
    auto candidate = Path(directory.empty() ? "." : directory) / name;
    if (find_file(candidate) && ::access(candidate.c_str(), X_OK) == 0)
      return find_absolute(candidate).string();
  }
  return std::nullopt;
}

std::string own_path() {
#ifdef __APPLE__
  std::uint32_t size = 0;
  _NSGetExecutablePath(nullptr, &size);
  std::string path(size, '\0');
  if (_NSGetExecutablePath(path.data(), &size) != 0)
    throw InternalError("cannot find the path of the executable");
  path.resize(std::strlen(path.c_str()));
  auto found = find_real_path(path);
#else
  auto found = read_link("/proc/self/exe");
#endif
  if (!found) throw Error("cannot find the otel executable").hint("is /proc mounted?");
  return found->string();
}

void exec_command(const Command& command) {
  for (const auto& [name, value] : command.environment) ::setenv(name.c_str(), value.c_str(), 1);
  if (!command.directory.empty() && ::chdir(command.directory.c_str()) != 0)
    throw Error(
        fmt::format("cannot change directory to {}: {}", command.directory.string(), std::strerror(errno)));
  std::vector<char*> arguments;
  for (const auto& argument : command.arguments) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  throw Error(fmt::format("cannot run {}: {}", command.arguments[0], std::strerror(errno)));
}

}  // namespace otel::base
