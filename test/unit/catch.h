// SPDX-License-Identifier: Apache-2.0
//
// Catch2, version 2 or 3: every unit test includes this and nothing else of it.
#pragma once

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#else
#include <catch2/catch.hpp>
#endif
