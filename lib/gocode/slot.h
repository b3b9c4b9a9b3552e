// SPDX-License-Identifier: Apache-2.0
//
// What hooks can be passed of a woven function, and the names that the woven text uses for itself.
#pragma once

#include <string>

namespace otel::gocode {

// One receiver, parameter or result: how the body refers to it and what its type is.
struct Slot {
  std::string name;  // usable in the body; empty if nothing refers to it
  std::string type;
  // The type depends on a type parameter. Helpers aren't generic, so they can't spell it: it is passed boxed,
  // and read at exit by a closure in the body.
  bool generic = false;
};

// The compile that a file is woven for.
struct Compilation {
  std::string package;  // import path: of package main too, whose symbols don't have it
  // Hook variables are then read unseen by the detector: they are set when the hooks' package is initialised,
  // which goroutines of packages that were initialised earlier don't wait for.
  bool race_detector = false;
  // The prefix of added names, before a "_": no name of the package has it.
  std::string prefix = "otel";

  // "otel_r0" for "r" and 0
  std::string name(const std::string& stem, std::size_t number) const {
    return prefix + "_" + stem + std::to_string(number);
  }
  // unsafe.Pointer, in all files of the package: an alias in the one that is read last, so that "unsafe"
  // isn't imported earlier than in a plain build.
  std::string pointer() const { return prefix + "_pointer"; }
};

}  // namespace otel::gocode
