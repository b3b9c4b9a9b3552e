// SPDX-License-Identifier: Apache-2.0
#include "preprocess/own_cache.h"

#include "base/digest.h"

namespace otel::preprocess {

using base::Path;

std::string OwnCache::write_generated(const std::string& name, std::string_view text) const {
  auto path = directory_ / "generated" / (base::short_digest(text) + Path(name).extension().string());
  files_.write_file(path, text);
  return path.string();
}

Path OwnCache::write_package_plan(const std::string& digest, std::string_view text) const {
  auto path = package_plans() / (digest + ".plan");
  files_.write_file(path, text);
  return path;
}

}  // namespace otel::preprocess
