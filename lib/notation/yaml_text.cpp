// SPDX-License-Identifier: Apache-2.0
#include "notation/yaml_text.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <sstream>
#include <yaml-cpp/eventhandler.h>

#include "base/text.h"

namespace otel::notation {
namespace {

// Where the document starts that was parsed last.
class DocumentStart : public YAML::EventHandler {
 public:
  const YAML::Mark& mark() const { return mark_; }
  void OnDocumentStart(const YAML::Mark& mark) override { mark_ = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
  }
  void OnMapEnd() override {}

 private:
  YAML::Mark mark_ = YAML::Mark::null_mark();
};

}  // namespace

using base::Error;
using base::Place;

YamlText::YamlText(const std::string& file, std::string_view text)
    : file_(file), text_(text), lines_(base::split_lines(text)) {}

// yaml-cpp's LoadAll never ends where a document can't start: it gives empty ones without end.
YAML::Node YamlText::load() const {
  try {
    std::istringstream stream{std::string(text_)};
    YAML::Parser parser(stream);
    DocumentStart start;
    if (!parser.HandleNextDocument(start)) return {};
    if (parser.HandleNextDocument(start)) throw_second_document(start.mark());
    return YAML::Load(std::string(text_));
  } catch (const YAML::Exception& failed) {
    auto mark = failed.mark;
    mark.line = std::max(0, mark.line);
    mark.column = std::max(0, mark.column);
    throw Error(failed.msg).at(place(mark, 1));
  }
}

void YamlText::throw_second_document(const YAML::Mark& mark) const {
  auto where = place(mark, 1);
  auto byte = where.source_line.substr(std::min(where.column - 1, where.source_line.size()), 1);
  if (byte == "," || byte == "]" || byte == "}")
    throw Error(fmt::format("unexpected \"{}\"", byte)).at(where);
  throw Error("more than one YAML document in a file").at(where).hint("use one file per document");
}

Place YamlText::place(const YAML::Mark& mark, std::size_t width) const {
  if (mark.is_null()) return {file_, 0, 0, "", 1};
  auto line = static_cast<std::size_t>(mark.line);
  std::string text = line < lines_.size() ? std::string(lines_[line]) : "";
  return {file_, line + 1, static_cast<std::size_t>(mark.column) + 1, text, std::max<std::size_t>(1, width)};
}

Place YamlText::place(const YAML::Node& node) const {
  return place(node.Mark(), node.IsScalar() ? node.Scalar().size() : 1);
}

std::string YamlText::scalar(const YAML::Node& node, std::string_view key) const {
  if (!node.IsScalar())
    throw Error(fmt::format("\"{}\" must be a string, not a list or a map", key)).at(place(node));
  auto text = node.Scalar();
  if (base::trim(text).empty()) throw Error(fmt::format("\"{}\" is empty", key)).at(place(node));
  return text;
}

bool YamlText::flag(const YAML::Node& node, std::string_view key) const {
  auto text = scalar(node, key);
  if (text != "true" && text != "false")
    throw Error(fmt::format("\"{}\" must be true or false", key)).at(place(node));
  return text == "true";
}

int YamlText::integer(const YAML::Node& node, std::string_view key) const {
  auto text = scalar(node, key);
  int number = 0;
  auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
    throw Error(fmt::format("\"{}\" must be an integer", key)).at(place(node));
  return number;
}

YAML::Node YamlText::list(const YAML::Node& node, std::string_view key) const {
  if (!node.IsSequence()) throw Error(fmt::format("\"{}\" must be a list", key)).at(place(node));
  return node;
}

gotool::VersionRange YamlText::range(const YAML::Node& node, std::string_view key) const {
  std::string why;
  auto range = gotool::VersionRange::parse(scalar(node, key), &why);
  if (!range) throw Error(fmt::format("invalid version range in \"{}\": {}", key, why)).at(place(node));
  return *range;
}

void YamlText::check_keys(const YAML::Node& map, const std::vector<std::string_view>& known,
                          const std::string& where) const {
  std::vector<std::string> names(known.begin(), known.end()), seen;
  for (const auto& entry : map) {
    auto key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    if (std::find(names.begin(), names.end(), key) == names.end())
      throw Error(fmt::format("unknown key \"{}\"{}", key, where))
          .at(place(entry.first))
          .hint(base::near_hint(key, names));
    if (std::find(seen.begin(), seen.end(), key) != seen.end())
      throw Error(fmt::format("duplicate key \"{}\"{}", key, where)).at(place(entry.first));
    seen.push_back(key);
  }
}

}  // namespace otel::notation
