// SPDX-License-Identifier: Apache-2.0
//
// The helpers of one function weave: two functions and the variables that they use. trampoline.h shows how
// the woven body calls them.
#pragma once

#include <string>
#include <vector>

#include "gocode/function_weave.h"
#include "gocode/slot.h"

namespace otel::gocode {

// A slot that a hook takes.
struct TakenSlot {
  const Slot* slot;
  PassMode mode;
  bool by_address;  // handed to the helper as an address
};

// Everything that one weave adds, derived from what its hooks take. The slots must outlive it.
class HelperText {
 public:
  HelperText(const FunctionWeave& weave, const std::vector<Slot>& parameters,
             const std::vector<Slot>& results, const Compilation& compilation);

  // For the body, after its brace.
  std::string entry(const std::string& early_return) const;
  std::string functions() const;
  std::string variables() const;

 private:
  std::string call_type() const;
  std::string hook_type(const std::vector<TakenSlot>& taken, std::string_view result) const;
  std::string call_hook(std::string_view kind, const std::string& type, const std::string& passed) const;
  std::string hide(const std::string& name, const std::string& address) const;
  std::string enter() const;
  std::string exit() const;

  std::string symbol_;
  const Compilation& compilation_;
  std::string prefix_;
  std::string pointer_;
  bool has_after_;
  std::vector<TakenSlot> before_;
  std::vector<TakenSlot> after_;
};

}  // namespace otel::gocode
