#!/usr/bin/env python3
"""Fail when a file includes a room its own CMakeLists.txt did not ask for.

    include_rules.py SRC MODULES.json      MODULES.json is written by cmake/AzkModule.cmake
"""
import json
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
rooms = json.load(open(sys.argv[2]))
by_dir = {room["dir"]: room for room in rooms}
by_name = {room["name"]: room for room in rooms}


def reachable(name):
    """A room may use what it declares and, transitively, what those expose."""
    seen, todo = set(), [name]
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            todo += by_name[current]["depends"]
    return seen


def room_of(directory):
    while directory not in by_dir and "/" in directory:
        directory = directory.rsplit("/", 1)[0]
    return by_dir.get(directory)


allowed = {room["name"]: reachable(room["name"]) for room in rooms}
files = faults = 0
for path in sorted(root.rglob("*")):
    if path.suffix not in {".h", ".cpp"}:
        continue
    files += 1
    mine = room_of(str(path.parent.relative_to(root)))
    if mine is None:
        continue
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        hit = re.match(r'\s*#include "([^"]+)/[^/"]+"', line)
        theirs = hit and room_of(hit.group(1))
        if theirs and theirs["name"] not in allowed[mine["name"]]:
            print(f'{path}:{number}: {mine["name"]} never declared a dependency on {theirs["name"]}')
            faults += 1
print(f"{files} files, {faults} undeclared includes")
sys.exit(bool(faults or not files))
