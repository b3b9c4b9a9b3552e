// SPDX-License-Identifier: Apache-2.0
//
// Whether a type has the methods of an interface, by the sources of a build: their names and signatures,
// those of embedded fields and interfaces, and that a value hasn't those with a pointer receiver.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "types/source_facts.h"

namespace otel::types {

// Func types by name; nothing if it isn't an interface, is one for constraints alone, or embeds what the
// sources don't have.
std::optional<std::map<std::string, std::string>> interface_methods(SourceFacts& facts,
                                                                    const NamedType& type);

// "error" is the predeclared one. False where the sources don't say.
bool implements(SourceFacts& facts, const std::string& type, const std::string& interface);

// The interface of a rule as a canonical type: "io.Closer", or a name of the package.
std::string interface_type(const std::string& written, const std::string& package);

}  // namespace otel::types
