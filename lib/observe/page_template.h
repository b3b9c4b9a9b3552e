// SPDX-License-Identifier: Apache-2.0
//
// A page as a file of HTML, in parts that are filled with values. It is independent of the page's content.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace otel::observe {

class PageTemplate {
 public:
  // A part begins after the line "<!-- part NAME -->"; what is before the first is no part. The text must
  // outlive the object.
  explicit PageTemplate(std::string_view text);

  // The part with values in the places of their names: {{name}} is escaped, {{{name}}} is HTML. A name or a
  // part that isn't there is an InternalError.
  std::string fill(std::string_view part,
                   std::initializer_list<std::pair<std::string_view, std::string>> values = {}) const;

 private:
  std::map<std::string_view, std::string_view> parts_;
};

}  // namespace otel::observe
