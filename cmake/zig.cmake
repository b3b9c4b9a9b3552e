# SPDX-License-Identifier: Apache-2.0
#
# The toolchain of releases: clang with the C and C++ libraries of each target, all in the zig of
# packaging/steps/fetch-compiler. $OTEL_ZIG names that; OTEL_TARGET is linux-amd64, linux-arm64, darwin-amd64 or
# darwin-arm64. Used by the presets release-<target>.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES OTEL_TARGET)
set(zig "$ENV{OTEL_ZIG}")
if(NOT EXISTS "${zig}")
  message(FATAL_ERROR "OTEL_ZIG names no compiler; packaging/release sets it")
endif()

if(OTEL_TARGET MATCHES "amd64$")
  set(CMAKE_SYSTEM_PROCESSOR x86_64)
else()
  set(CMAKE_SYSTEM_PROCESSOR aarch64)
endif()
if(OTEL_TARGET MATCHES "^linux-")
  set(CMAKE_SYSTEM_NAME Linux)
  set(triple ${CMAKE_SYSTEM_PROCESSOR}-linux-musl)
else()
  set(CMAKE_SYSTEM_NAME Darwin)
  # The oldest macOS that Go itself runs on today is newer.
  set(triple ${CMAKE_SYSTEM_PROCESSOR}-macos.13.0)
  set(CMAKE_INSTALL_NAME_TOOL "${CMAKE_COMMAND}") # asked for, and never run: nothing is installed
  # Without a Mac there is no SDK to look for.
  set(CMAKE_OSX_SYSROOT "" CACHE STRING "" FORCE)
  set(CMAKE_OSX_DEPLOYMENT_TARGET "" CACHE STRING "" FORCE)
endif()

set(CMAKE_CXX_COMPILER "${zig}" c++ -target ${triple})
set(CMAKE_AR "${zig}" CACHE FILEPATH "")
set(CMAKE_RANLIB "${zig}" CACHE FILEPATH "")
set(CMAKE_CXX_ARCHIVE_CREATE "<CMAKE_AR> ar qcD <TARGET> <OBJECTS>")
set(CMAKE_CXX_ARCHIVE_APPEND "<CMAKE_AR> ar qD <TARGET> <OBJECTS>")
set(CMAKE_CXX_ARCHIVE_FINISH "<CMAKE_AR> ranlib -D <TARGET>")

set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# Stripped here and not after: a Mach-O file is signed when it is linked.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-s")
