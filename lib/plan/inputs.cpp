// SPDX-License-Identifier: Apache-2.0
#include "plan/inputs.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "syntax/outline.h"
#include "syntax/scanner.h"
#include "syntax/source_file.h"

namespace otel::plan {
namespace {

constexpr std::string_view kAbsent = "absent";
constexpr std::string_view kPresence = "presence";

constexpr std::string_view kUnreadable = "unreadable";

std::string whole_digest(const base::Path& file, const base::FileSystem& files) {
  auto bytes = files.read_file_if_present(file);
  return bytes ? base::short_digest(*bytes) : std::string(kAbsent);
}

// Comments that a rule of kind directive may be for. A package that has some is woven and so counts as a
// whole; here they show that a file got its first one.
std::string directives_text(const syntax::SourceFile& source, const syntax::TokenList& tokens) {
  std::string found;
  for (auto comment : tokens.comments()) {
    auto text = source.text(comment);
    auto colon = text.find(':');
    if (text.starts_with("//") && !text.starts_with("//go:") && colon != std::string_view::npos &&
        text.find_first_of(" \t") > colon)
      found += fmt::format("\n{}", text);
  }
  return found;
}

std::string directory_digest(const base::Path& directory, const base::FileSystem& files) {
  std::string names;
  for (const auto& name : files.list_directory(directory)) {
    static constexpr std::string_view kSkip = "._";
    if (kSkip.find(name[0]) != std::string_view::npos) continue;
    bool directory_name = name.back() == '/';
    auto dot = name.rfind('.');
    static const std::vector<std::string_view> kBuilt = {
        "go",  "s",   "S", "c", "h",   "cc",  "cpp",  "cxx",     "m",    "hh", "mm",
        "hpp", "hxx", "f", "F", "f90", "for", "swig", "swigcxx", "syso", "mod"};
    bool built =
        dot != std::string::npos &&
        std::find(kBuilt.begin(), kBuilt.end(), std::string_view(name).substr(dot + 1)) != kBuilt.end();
    if (directory_name || built) names += name + "\n";
  }
  return base::short_digest(names);
}

std::string rule_directory_digest(const base::Path& directory, const base::FileSystem& files) {
  std::string names;
  for (const auto& name : files.list_directory(directory))
    if (auto extension = base::Path(name).extension(); extension == ".yaml" || extension == ".yml")
      names += name + "\n";
  return base::short_digest(names);
}

// What a stamp is that is not to be trusted.
constexpr std::string_view kRecent = "recent";

std::string stamp_text(const std::optional<base::FileStamp>& stamp, std::int64_t now_ns) {
  constexpr std::int64_t kWindow = 2'000'000'000;
  if (!stamp) return std::string(kAbsent);
  if (now_ns - stamp->modified_ns < kWindow) return std::string(kRecent);
  return fmt::format("{}.{}", stamp->size, stamp->modified_ns);
}

// What can't be read is for whoever needs it to complain of; it changes when it can be.
std::string digest_of(std::string_view kind, const base::Path& path, const base::FileSystem& files) {
  if (kind == "rules") return rule_directory_digest(path, files);
  if (kind == "directory") return directory_digest(path, files);
  if (kind == kPresence) return std::string(files.find_any(path) ? "present" : kAbsent);
  try {
    return kind == "whole" ? whole_digest(path, files) : head_digest(path, files);
  } catch (const base::Error&) {
    return std::string(kUnreadable);
  }
}

std::string make_line(std::string_view kind, const std::string& stamp, const std::string& digest,
                      const base::Path& path) {
  return fmt::format("{}\t{}\t{}\t{}", kind, stamp, digest, base::escape_field(path.string()));
}

}  // namespace

std::string head_digest(const base::Path& file, const base::FileSystem& files) {
  auto bytes = files.read_file_if_present(file);
  if (!bytes) return std::string(kAbsent);
  syntax::SourceFile source(file.string(), *std::move(bytes));
  auto tokens = syntax::scan(source);
  auto outline = syntax::outline(source, tokens);
  if (!outline.complete) return base::short_digest(source.bytes());
  std::size_t end = outline.package_end;
  for (const auto& import : outline.imports) end = std::max(end, import.span.end);
  return base::short_digest(std::string(source.bytes().substr(0, end)) + directives_text(source, tokens));
}

// The stamp is taken first: a change in between makes the next build look again.
void Inputs::read(std::string_view kind, const base::Path& path) {
  auto stamp = files_->read_stamp(path);
  if (stamp) newest_ns_ = std::max(newest_ns_, stamp->modified_ns);
  lines_.push_back(make_line(kind, stamp_text(stamp, base::now_ns()), digest_of(kind, path, *files_), path));
}

void Inputs::read_whole(const base::Path& file) {
  read("whole", file);
}

void Inputs::read_head(const base::Path& file) {
  read("head", file);
}

void Inputs::read_directory(const base::Path& directory) {
  read("directory", directory);
}

void Inputs::read_rule_directory(const base::Path& directory) {
  read("rules", directory);
}

void Inputs::read_presence(const base::Path& path) {
  lines_.push_back(make_line(kPresence, std::string(kRecent), digest_of(kPresence, path, *files_), path));
}

void Inputs::read_generated(const base::Path& file) {
  auto newest = newest_ns_;
  read("whole", file);
  newest_ns_ = newest;
}

void Inputs::add(const Inputs& more) {
  lines_.insert(lines_.end(), more.lines_.begin(), more.lines_.end());
  newest_ns_ = std::max(newest_ns_, more.newest_ns_);
}

std::vector<base::Path> Inputs::files_in(const base::Path& directory) const {
  std::vector<base::Path> files;
  for (const auto& line : lines_) {
    auto fields = base::split(line, '\t');
    auto path = base::unescape_field(fields[3]);
    if (fields[0] == "whole" && base::is_within(path, directory.string())) files.emplace_back(path);
  }
  return files;
}

std::string Inputs::render() const {
  return base::join(lines_, "\n") + "\n";
}

std::optional<Inputs> unchanged_inputs(std::string_view rendered, const base::FileSystem& files) {
  static constexpr std::array<std::string_view, 5> kKinds = {"whole", "head", "directory", "rules",
                                                             kPresence};
  Inputs now(files);
  const auto time_ns = base::now_ns();
  for (auto line : base::split(rendered, '\n')) {
    if (line.empty()) continue;
    auto fields = base::split(line, '\t');
    if (fields.size() != 4 || std::find(kKinds.begin(), kKinds.end(), fields[0]) == kKinds.end())
      return std::nullopt;
    base::Path path = base::unescape_field(fields[3]);
    auto stamp = fields[0] == kPresence ? std::string(kRecent) : stamp_text(files.read_stamp(path), time_ns);
    bool same = stamp == fields[1] && stamp != kRecent;
    if (!same && digest_of(fields[0], path, files) != fields[2]) return std::nullopt;
    now.lines_.push_back(same ? std::string(line)
                              : make_line(fields[0], stamp, std::string(fields[2]), path));
  }
  return now;
}

}  // namespace otel::plan
