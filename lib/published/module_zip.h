// SPDX-License-Identifier: Apache-2.0
//
// A version of a Go module as the zip file that module proxies serve (golang.org/ref/mod#zip-files), and its
// checksum in go.sum. The same files make the same bytes: they are stored, sorted, and without times.
#pragma once

#include <string>

#include "published/hook_module.h"

namespace otel::published {

// `version` has its leading "v".
std::string make_module_zip(const std::string& module, const std::string& version, const ModuleTexts& files);

// "h1:…" of those files, as go.sum has it (golang.org/x/mod/sumdb/dirhash, Hash1).
std::string module_checksum(const std::string& module, const std::string& version, const ModuleTexts& files);

// "h1:…" of a go.mod, as go.sum has it beside "/go.mod".
std::string module_file_checksum(std::string_view text);

}  // namespace otel::published
