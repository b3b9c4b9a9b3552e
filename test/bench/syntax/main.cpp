// SPDX-License-Identifier: Apache-2.0
//
//     otel_bench_syntax < PATHS
//
// Prints how fast these Go files are scanned, and outlined: the shortest of several rounds over all of them,
// from memory.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "syntax/outline.h"

namespace {

using otel::syntax::outline;
using otel::syntax::scan;
using otel::syntax::SourceFile;

std::vector<SourceFile> read_files(std::istream& paths) {
  std::vector<SourceFile> files;
  for (std::string path; std::getline(paths, path);) {
    std::ifstream in(path, std::ios::binary);
    files.emplace_back(path, std::string(std::istreambuf_iterator<char>(in), {}));
  }
  return files;
}

// Seconds that the shortest of several rounds takes; what one gives goes into sum.
template <class Round>
double shortest(Round round, std::size_t& sum) {
  double best = 1e9;
  for (int i = 0; i < 7; ++i) {
    auto start = std::chrono::steady_clock::now();
    sum += round();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

}  // namespace

int main() {
  std::vector<SourceFile> files = read_files(std::cin);
  std::size_t bytes = 0, tokens = 0, sum = 0;
  for (const SourceFile& file : files) {
    bytes += file.bytes().size();
    tokens += scan(file).size();
  }
  auto scanned = [&] {
    std::size_t all = 0;
    for (const SourceFile& file : files) all += scan(file).size();
    return all;
  };
  auto outlined = [&] {
    std::size_t all = 0;
    for (const SourceFile& file : files) all += outline(file, scan(file)).functions.size();
    return all;
  };
  std::printf("%zu files, %.1f MB, %zu tokens\n", files.size(), static_cast<double>(bytes) / 1e6, tokens);
  double scanning = shortest(scanned, sum), outlining = shortest(outlined, sum);
  auto row = [&](const char* name, double seconds) {
    std::printf("%-44s %7.1f ms %7.0f MB/s\n", name, seconds * 1e3,
                static_cast<double>(bytes) / 1e6 / seconds);
  };
  row("scanned", scanning);
  row("scanned and outlined", outlining);
  return sum == 0;
}
