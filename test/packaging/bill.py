#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks a bill of materials against CycloneDX's schema, and against the release that it is for.

usage: bill.py BILL DIRECTORY MODULES
  DIRECTORY   the release; MODULES the directory share/otel/modules of one of its tarballs
"""
import hashlib
import json
import pathlib
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def sums(component):
    return {one["alg"]: one["content"] for one in component["hashes"]}


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main():
    bill_file, directory, modules = map(pathlib.Path, sys.argv[1:])
    text = bill_file.read_text()
    wrong = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
    assert wrong is None, wrong
    bill = json.loads(text)

    listed = {
        reference["url"].rsplit("/", 1)[1]: sums(reference)["SHA-256"]
        for reference in bill["metadata"]["component"]["externalReferences"]
    }
    made = {file.name: sha256(file) for file in directory.iterdir() if file.name.endswith((".tar.gz", ".deb"))}
    assert listed == made, f"it lists {listed}; there are {made}"

    travelling = {sha256(file) for file in modules.rglob("*.zip")}
    go = [part for part in bill["components"] if part["purl"].startswith("pkg:golang/")]
    assert {sums(part)["SHA-256"] for part in go} == travelling, "its Go modules aren't those of the tarball"
    names = {part["name"] for part in bill["components"]}
    assert names >= {"boost", "yaml-cpp", "fmt", "re2", "libcxx", "musl", "go.opentelemetry.io/otel/sdk"}, names
    for part in bill["components"]:
        assert part["version"] and part["licenses"] and part["hashes"], part
    print(f"{len(bill['components'])} components, {len(listed)} files")


main()
