// SPDX-License-Identifier: Apache-2.0
//
// One line at the end of what a terminal shows, drawn on standard error and erased again. There is one
// terminal, so there is one line, and these are functions.
#pragma once

#include <string_view>

namespace otel::base {

// Whether a person may be looking: standard output and error are terminals, TERM isn't "dumb", and $CI isn't
// set.
bool can_show_line();

// Draws the line in place of what was drawn before, cut to the terminal's width, and goes back to its
// beginning. Nothing happens in the background, or after close_line().
void draw_line(std::string_view text);

// Erases what was drawn. May be called in a signal handler.
void erase_line();

// Erases the line for good. May be called in a signal handler.
void close_line();

}  // namespace otel::base
