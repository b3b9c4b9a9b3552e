# SPDX-License-Identifier: Apache-2.0
#
# Boost, fmt and yaml-cpp as the system has them.
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
