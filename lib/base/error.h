// SPDX-License-Identifier: Apache-2.0
//
// Errors that the user can correct. An Error is thrown where the situation is known and caught
// once, in main. Outcomes are not errors (they are in return types), nor are our own broken invariants
// (InternalError).
#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <string>

namespace otel::base {

// Exit statuses that otel adds to the go command's own.
inline constexpr int kExitError = 1;      // the user's input or surroundings
inline constexpr int kExitUsage = 2;      // otel's own command line
inline constexpr int kExitInternal = 70;  // a broken invariant of otel (sysexits EX_SOFTWARE)

// A place in a text that the user can open. Lines and columns count from 1, columns in bytes as the Go tools
// count them; 0 means unknown.
struct Place {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  std::string source_line;  // the text of that line, without its newline; empty if it is not at hand
  std::size_t width = 1;    // how many bytes from column on are meant; draws "^~~~"
};

// One error, as it is shown to the user.
class Error : public std::exception {
 public:
  explicit Error(std::string message) : message_(std::move(message)) {}

  Error& at(Place place) & {
    place_ = std::move(place);
    return *this;
  }
  Error&& at(Place place) && {
    place_ = std::move(place);
    return std::move(*this);
  }
  // The next step for the user, shown after the message after "; ".
  Error&& hint(std::string hint) && {
    hint_ = std::move(hint);
    return std::move(*this);
  }
  Error&& status(int status) && {
    status_ = status;
    return std::move(*this);
  }

  const char* what() const noexcept override { return message_.c_str(); }
  const std::string& message() const { return message_; }
  const std::string& hint() const { return hint_; }
  const std::optional<Place>& place() const { return place_; }
  int status() const { return status_; }

  // The full text for stderr, ending in a newline: position first, then message and hint, then the line with
  // a caret where the place has one; "otel: " comes first where there is no position.
  std::string render() const;

 private:
  std::string message_;
  std::string hint_;
  std::optional<Place> place_;
  int status_ = kExitError;
};

// A broken invariant of otel itself: exit status 70 and a request to report it.
class InternalError : public std::exception {
 public:
  explicit InternalError(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

// "position: otel: warning: message" in the style of Error::render, for what the user should know but what
// does not stop a build. Ends in a newline.
std::string render_warning(const std::string& message, const std::optional<Place>& place = std::nullopt);

}  // namespace otel::base
