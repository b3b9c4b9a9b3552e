// SPDX-License-Identifier: Apache-2.0
//
// A file that the user asked for, opened before long work begins and written when it is done, so that an
// unwritable file is reported at once.
#pragma once

#include <string_view>

#include "base/files.h"

namespace otel::base {

class OutputFile {
 public:
  // An Error if the file can't be written. What it holds stays until write().
  explicit OutputFile(const Path& path);
  // Removes the file if this object created it and wrote nothing.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text);

 private:
  Path path_;
  int fd_;
  bool made_;  // by us, and without text
};

}  // namespace otel::base
