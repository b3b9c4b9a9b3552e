// SPDX-License-Identifier: Apache-2.0
//
// What the declarations of a build say about types: the answers that finding the type of an expression needs.
// All are text, so that those which were asked for can go along in a package's plan: a tool process, which
// sees one package, comes to the same conclusions as the analysis, which read all.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "types/type_text.h"

namespace otel::types {

// A field or a method that a selector on a type means.
struct Member {
  bool method = false;
  bool of_interface = false;
  bool pointer = false;          // a method whose receiver is a pointer
  std::string path;              // the embedded fields that lead to it: ".DB.conn"
  bool through_pointer = false;  // one of them is a pointer
  bool at_pointer = false;       // the last of them is
  std::string owner;             // the type that declares it
  std::string type;              // of the field, or a func type; empty where it depends on a type parameter

  std::string text() const;
  static std::optional<Member> parse(const std::string& text);
};

// Every answer is empty where the sources don't say.
class TypeFacts {
 public:
  TypeFacts() = default;
  TypeFacts(const TypeFacts&) = delete;
  TypeFacts& operator=(const TypeFacts&) = delete;
  virtual ~TypeFacts() = default;

  virtual std::string ask(const std::string& question) = 0;

  // The name in a package's clause.
  std::string package_name(const std::string& path) { return ask("package " + path); }
  // "var T", "func func(…)…", "type", or "alias T".
  std::string object(const std::string& package, const std::string& name) {
    return ask("object " + NamedType{package, name}.text());
  }
  // The type that a declared type is made of: "struct" and "interface" stand for those.
  std::string underlying(const NamedType& type) { return ask("under " + type.text()); }
  // What a selector means in a package: a name that isn't exported is another one in each package.
  std::optional<Member> member(const NamedType& type, const std::string& name, const std::string& package) {
    auto asked = is_exported(name) ? name : NamedType{package, name}.text();
    return Member::parse(ask("member " + type.text() + " " + asked));
  }
  // The type that an alias stands for.
  std::string resolved(std::string type);
};

// Facts that note what they were asked, with the answers, or know no more than such notes.
class NotedFacts : public TypeFacts {
 public:
  explicit NotedFacts(TypeFacts& source) : source_(&source) {}
  // Throws base::InternalError for what text() doesn't write.
  explicit NotedFacts(const std::string& text);

  std::string ask(const std::string& question) override;
  std::string text() const;

 private:
  TypeFacts* source_ = nullptr;
  std::map<std::string, std::string> answers_;
};

}  // namespace otel::types
