# SPDX-License-Identifier: Apache-2.0
#
# Boost, fmt, RE2 and yaml-cpp compiled from the sources in OTEL_THIRD_PARTY (packaging/steps/fetch-third-party), under the
# names that their packages give them.
find_package(Threads REQUIRED)

set(boost "${OTEL_THIRD_PARTY}/boost")
add_library(boost_headers INTERFACE)
target_include_directories(boost_headers SYSTEM INTERFACE "${boost}/include")
add_library(Boost::headers ALIAS boost_headers)

file(GLOB sources "${boost}/libs/program_options/src/*.cpp")
list(FILTER sources EXCLUDE REGEX "/winmain\\.cpp$")
add_library(boost_program_options STATIC ${sources})
target_link_libraries(boost_program_options PUBLIC boost_headers)
add_library(Boost::program_options ALIAS boost_program_options)

add_library(fmt_headers INTERFACE)
target_include_directories(fmt_headers SYSTEM INTERFACE "${OTEL_THIRD_PARTY}/fmt/include")
target_compile_definitions(fmt_headers INTERFACE FMT_HEADER_ONLY=1)
set(OTEL_FMT fmt_headers)

set(yaml "${OTEL_THIRD_PARTY}/yaml-cpp")
file(GLOB sources "${yaml}/src/*.cpp")
add_library(yaml-cpp STATIC ${sources})
target_include_directories(yaml-cpp SYSTEM PUBLIC "${yaml}/include")
target_compile_definitions(yaml-cpp PUBLIC YAML_CPP_STATIC_DEFINE)

set(re2 "${OTEL_THIRD_PARTY}/re2")
file(GLOB sources "${re2}/re2/*.cc" "${re2}/util/rune.cc" "${re2}/util/strutil.cc")
add_library(re2 STATIC ${sources})
target_include_directories(re2 SYSTEM PUBLIC "${re2}")
target_link_libraries(re2 PUBLIC Threads::Threads)

# Their warnings are their authors' business.
target_compile_options(boost_program_options PRIVATE -w)
target_compile_options(yaml-cpp PRIVATE -w)
target_compile_options(re2 PRIVATE -w)
set(OTEL_RE2 re2)
set(OTEL_YAML yaml-cpp)
