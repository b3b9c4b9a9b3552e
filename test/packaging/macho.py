#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks executables for macOS as the system's loader would, as far as that goes without a Mac.

usage: macho.py FILE ARM64|X86_64
"""
import hashlib
import struct
import sys

import lief

OLDEST = [13, 0, 0]


def expect(holds, what):
    if not holds:
        sys.exit(f"{sys.argv[1]}: {what}")


def check_signature(binary, data):
    """An ad-hoc signature: one code directory with a SHA-256 of each page before the signature."""
    blob = bytes(data[binary.code_signature.data_offset :][: binary.code_signature.data_size])
    magic, _, count = struct.unpack_from(">III", blob)
    expect(magic == 0xFADE0CC0, f"the signature isn't a super blob but {magic:x}")
    offsets = dict(struct.unpack_from(">II", blob, 12 + 8 * index) for index in range(count))
    expect(0 in offsets, "the signature has no code directory")
    directory = blob[offsets[0] :]
    magic, _, _, flags, hashes, _, _, slots, limit = struct.unpack_from(">9I", directory)
    size, kind, _, page = struct.unpack_from(">4B", directory, 36)
    expect(magic == 0xFADE0C02, "the code directory has another magic number")
    expect(flags & 0x2, "the signature isn't marked as ad hoc")
    expect((size, kind) == (32, 2), "its hashes aren't SHA-256")
    expect(limit == binary.code_signature.data_offset, "it doesn't cover all bytes before it")
    step = 1 << page
    expect(slots == -(-limit // step), "it hasn't one hash a page")
    for slot in range(slots):
        want = directory[hashes + 32 * slot :][:32]
        have = hashlib.sha256(data[slot * step : min(limit, (slot + 1) * step)]).digest()
        expect(want == have, f"page {slot} has another hash than the signature says")


def main():
    file, processor = sys.argv[1:]
    with open(file, "rb") as opened:
        data = opened.read()
    fat = lief.MachO.parse(file)
    expect(fat is not None and fat.size == 1, "not one Mach-O executable")
    binary = fat.at(0)
    expect(binary.header.file_type == lief.MachO.Header.FILE_TYPE.EXECUTE, "not an executable")
    expect(binary.header.cpu_type == getattr(lief.MachO.Header.CPU_TYPE, processor), f"for {binary.header.cpu_type}")
    expect(binary.is_pie, "not position independent")
    expect(binary.has_main_command, "no LC_MAIN")
    expect(binary.has_dylinker and binary.dylinker.name == "/usr/lib/dyld", "not loaded by /usr/lib/dyld")
    expect(binary.has_uuid, "no LC_UUID, which macOS 26 and newer refuse")
    expect(binary.has_build_version, "no LC_BUILD_VERSION")
    version = binary.build_version
    expect(version.platform == lief.MachO.BuildVersion.PLATFORMS.MACOS, f"for {version.platform}")
    expect(version.minos[:2] == OLDEST[:2], f"for macOS {version.minos} and newer, not {OLDEST}")
    libraries = [library.name for library in binary.libraries]
    expect(libraries == ["/usr/lib/libSystem.B.dylib"], f"needs {libraries}")
    expect(not binary.rpaths, "has run paths")
    # Segments lie within the file, in order, and __LINKEDIT is the last, as dyld demands.
    end = 0
    for segment in binary.segments:
        expect(segment.file_offset >= end or segment.file_size == 0, f"{segment.name} overlaps what is before it")
        end = max(end, segment.file_offset + segment.file_size)
        expect(end <= len(data), f"{segment.name} ends behind the file")
        expect(segment.init_protection & 6 != 6, f"{segment.name} can be written and executed")
    expect(binary.segments[-1].name == "__LINKEDIT" and end == len(data), "__LINKEDIT isn't the end")
    expect(binary.has_code_signature or processor == "X86_64", "not signed, which Apple's processors refuse")
    if binary.has_code_signature:
        check_signature(binary, data)


main()
