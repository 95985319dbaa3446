#!/usr/bin/env python3
"""Adds up what the test runs said, down to the single test case.

    tally.py REPORT…        *.xml: ctest --output-junit; *.tap: node --test; *.step: "name passed|failed seconds"

Prints what failed, one line for each run, and as the last line "N passed, N failed"; fails when something did.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

DOCTEST = re.compile(r"test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed")
UNITTEST = re.compile(r"^Ran (\d+) tests? in", re.MULTILINE)
UNITTEST_FAILED = re.compile(r"^FAILED \((.*)\)$", re.MULTILINE)


def cases_of(output, succeeded):
    """(passed, failed) of one program. A program that dies, or complains after its last case, has failed once more."""
    passed = failed = 0
    for total, good, bad in DOCTEST.findall(output):
        passed, failed = passed + int(good), failed + int(bad)
    if ran := UNITTEST.search(output):
        bad = sum(int(n) for hit in UNITTEST_FAILED.findall(output) for n in re.findall(r"(?:failures|errors)=(\d+)", hit))
        failed += min(bad, int(ran.group(1)))
        passed += max(int(ran.group(1)) - bad, 0)
    if succeeded:
        return (passed or 1, failed)
    return (passed, failed or 1)


def of_junit(path):
    passed, failed, names = 0, 0, []
    for case in xml.parse(path).getroot().iter("testcase"):
        status = case.get("status")
        if status in {"disabled", "notrun"} and case.find("failure") is None:
            failed, names = failed + 1, names + [f'{case.get("name")} did not run']
            continue
        output = "".join(part.text or "" for part in case.iter("system-out"))
        good, bad = cases_of(output, status == "run")
        passed, failed = passed + good, failed + bad
        if bad:
            names.append(case.get("name"))
    return passed, failed, names


def of_tap(path):
    """Counts leaves: a suite is the sum of its parts, and fails by itself only when it broke outside of them."""
    passed, failed, names = 0, 0, []
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        hit = re.match(r"(\s*)(not )?ok \d+ - (.*)", line)
        if not hit or line.rstrip().endswith("# SKIP"):
            continue
        is_whole = number > 0 and re.match(hit.group(1) + r"\s+1\.\.\d+$", lines[number - 1])
        details = "\n".join(lines[number + 1:number + 8])
        if hit.group(2) and not (is_whole and "failureType: 'subtestsFailed'" in details):
            failed, names = failed + 1, names + [hit.group(3)]
        elif not hit.group(2) and not is_whole:
            passed += 1
    if passed + failed == 0:
        return 0, 1, ["no test ran"]
    return passed, failed, names


def of_step(path):
    name, verdict, *_ = path.read_text(encoding="utf-8").split()
    return (1, 0, []) if verdict == "passed" else (0, 1, [name])


READERS = {".xml": of_junit, ".tap": of_tap, ".step": of_step}


def main(reports):
    all_passed = all_failed = 0
    failures = []
    for report in map(pathlib.Path, reports):
        try:
            passed, failed, names = READERS[report.suffix](report)
        except (OSError, xml.ParseError, ValueError) as error:
            passed, failed, names = 0, 1, [f"no report ({error})"]
        print(f"{report.stem:<20} {passed:>6} passed {failed:>4} failed")
        all_passed, all_failed = all_passed + passed, all_failed + failed
        failures += [f"  failed: {report.stem}: {name}" for name in names]
    for line in failures:
        print(line)
    if not reports:
        all_failed = 1
    print(f"{all_passed} passed, {all_failed} failed")
    return 1 if all_failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
