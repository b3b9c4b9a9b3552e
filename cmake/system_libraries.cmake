# SPDX-License-Identifier: Apache-2.0
#
# Boost, fmt, RE2 and yaml-cpp as the system has them.
if(OTEL_STATIC)
  set(Boost_USE_STATIC_LIBS ON)
endif()
find_package(Boost 1.81 REQUIRED COMPONENTS program_options)
find_package(fmt REQUIRED)
find_package(yaml-cpp REQUIRED)
if(OTEL_STATIC)
  # yaml-cpp's package file knows only the shared library.
  find_library(YAML_CPP_STATIC libyaml-cpp.a REQUIRED)
  add_library(yaml_cpp_static STATIC IMPORTED)
  set_target_properties(yaml_cpp_static PROPERTIES IMPORTED_LOCATION ${YAML_CPP_STATIC})
  set(OTEL_YAML yaml_cpp_static)
else()
  set(OTEL_YAML yaml-cpp)
endif()

# What RE2 itself needs, and that is Abseil since its release of 2023-06, is known to pkg-config.
find_package(PkgConfig REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
add_library(otel_re2 INTERFACE)
if(OTEL_STATIC)
  target_include_directories(otel_re2 SYSTEM INTERFACE ${RE2_STATIC_INCLUDE_DIRS})
  target_compile_options(otel_re2 INTERFACE ${RE2_STATIC_CFLAGS_OTHER})
  target_link_options(otel_re2 INTERFACE ${RE2_STATIC_LDFLAGS_OTHER})
  target_link_directories(otel_re2 INTERFACE ${RE2_STATIC_LIBRARY_DIRS})
  target_link_libraries(otel_re2 INTERFACE ${RE2_STATIC_LIBRARIES})
else()
  target_link_libraries(otel_re2 INTERFACE PkgConfig::RE2)
endif()
set(OTEL_RE2 otel_re2)
