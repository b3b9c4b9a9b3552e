// SPDX-License-Identifier: Apache-2.0
//
// Facts on types from the sources of a build's packages.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "gocode/go_package.h"
#include "types/type_facts.h"

namespace otel::types {

using gocode::GoFile;
using gocode::GoPackage;

// A field of a struct type, or a method or an embedded type of an interface.
struct TypeElement {
  std::string name;  // of an embedded type its own
  syntax::Span type;
  bool embedded = false;
  std::size_t parameters = 0;  // of a method: the token that opens its parameters
};

// Those of a type that is written as `struct {…}` or `interface {…}`.
std::vector<TypeElement> type_elements(const GoFile& file, syntax::Span type);

// The func type of a signature whose parameters open at a token.
std::string signature_type(const GoFile& file, const std::string& package, std::size_t open);

// A copy in which each import has a name: that of the package's clause where none is written.
GoFile with_import_names(const GoFile& file, TypeFacts& facts);

class ExpressionTypes;

class SourceFacts : public TypeFacts {
 public:
  // What a build has, by import path: a package, or null; and the name in its clause, which may be empty.
  using Read = std::function<std::optional<GoPackage>(const std::string& path)>;
  using Name = std::function<std::string(const std::string& path)>;
  SourceFacts(Read read, Name name);
  ~SourceFacts() override;

  std::string ask(const std::string& question) override;

  // With the names of imports; null if it isn't in the build.
  const GoPackage* find_package(const std::string& path);

  struct Type {
    const GoFile* file = nullptr;
    const syntax::TypeDecl* declared = nullptr;
  };
  Type find_type(const NamedType& type);

  // That were asked for and aren't in the build.
  const std::set<std::string>& unknown_packages() const { return unknown_packages_; }

 private:
  // What a name of a package means; one of these.
  struct Object {
    const GoFile* file = nullptr;
    const syntax::TypeDecl* type = nullptr;
    const syntax::Function* function = nullptr;
    const syntax::Value* variable = nullptr;
    bool constant = false;
  };
  // A package with its declarations by name, as packages can have thousands.
  struct Source {
    GoPackage package;
    std::unordered_map<std::string, Object> objects;
    std::unordered_map<std::string, Object> methods;  // by "T.M", whatever the receiver
  };

  const Source* find_source(const std::string& path);
  const Object* find_declared(const NamedType& name);
  std::string value_type(const Object& object, const std::string& package);
  std::string find_object(const NamedType& name);
  std::string find_underlying(const NamedType& type);
  std::string find_member(const NamedType& type, const std::string& asked);
  std::optional<Member> own_member(const NamedType& type, const std::string& name);

  Read read_package_;
  Name name_;
  std::set<std::string> unknown_packages_;
  std::map<std::string, std::unique_ptr<Source>> read_;
  std::map<std::string, std::string> answers_;
  std::map<const GoFile*, std::unique_ptr<ExpressionTypes>> expressions_;
  int depth_ = 0;  // of questions that are asked for others
};

}  // namespace otel::types
