// SPDX-License-Identifier: Apache-2.0
//
// The Go module that authors of hooks import (go-hook/), embedded in otel: its path, its version and its
// files. A woven build takes these; plain go takes the same from a proxy (published/module_proxy).
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace otel::published {

// The level of the module's API (APILevel in go-hook/api_level.go), and the highest that rules may ask for.
inline constexpr int kApiLevel = 1;

// As its embedded go.mod has it; nothing else in lib/ names it. CMake's OTEL_HOOK_MODULE sets another.
const std::string& hook_module();

// That of this release of otel, "v0.1.0".
const std::string& hook_module_version();

// Whether an import path is that of a package of the module.
bool is_in_hook_module(std::string_view import_path);

// Texts by path in the module.
using ModuleTexts = std::map<std::string, std::string_view>;

// All of the module as a version of it is published.
ModuleTexts hook_module_files();

// Those that a build which imports the module reads: its go.mod, and its Go files without tests.
ModuleTexts hook_module_sources();

// The level that a text of go-hook/api_level.go declares, of any version; 0 if it declares none.
int parse_api_level(std::string_view text);

}  // namespace otel::published
