#!/usr/bin/env python3
"""The style guide (STYLE.md) as a test: prints file:line and the reason for every breach.

    house_rules.py ROOT        exceptions, each with a reason, stand in tools/house_exceptions.toml
"""
import pathlib
import re
import subprocess
import sys
import tomllib

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from source_text import blanked, functions, matching_brace  # noqa: E402

CODE = {".cpp", ".h"}
SCRIPT = {".py", ".mjs", ".js", ".css", ".sh"}
BINARY = {".png", ".ico", ".otf", ".ttf", ".woff2", ".pdf", ".csv", ".zip", ".bin"}
COLUMNS, FUNCTION, SOURCE, HEADER, TEST, FOLDER, README = 120, 70, 500, 200, 800, 20, 80

# rule, pattern on code without comments and strings, where it is allowed, reason
BANNED = [
    ("clock", r"\bsystem_clock::now\b|\blocaltime(_r)?\s*\(|\bgettimeofday\s*\(|\bclock_gettime\s*\("
     r"|(?<![\w.>:])(?:std::|::)?time\s*\(\s*(nullptr|NULL|0|&)", r"^src/base/",
     "a clock comes in as a parameter (base/instant.h), so that a day can be replayed"),
    ("random", r"(?<![\w.>])s?rand\s*\(|\brandom_device\b", r"^src/base/",
     "randomness comes in as a parameter (base/random.h)"),
    ("print", r"\bstd::c(out|err|log)\b|(?<![\w:])(std::)?f?printf\s*\(|\bfmt::print\b|(?<![\w.>:])(std::)?f?puts\s*\(",
     r"^src/(app|verify|sim)/|_(bench|fuzz|sample)\.cpp$|^src/fuzz_replay\.cpp$|^test/",
     "rooms return values and write to the log they are given; only programs print"),
    ("catch", r"\bcatch\s*\(", r"_(test|fuzz)\.cpp$|^src/app/commands/main\.cpp$",
     "faults are caught at the request boundary, the job boundary and main only"),
    ("heap", r"[^(\s,]\s*\bnew\s+[A-Za-z_:]+\s*[({\[]|\bdelete\s*(\[\])?\s+\w|\b(malloc|realloc)\s*\(", r"$^",
     "ownership is a value or a smart pointer (a private constructor's new stands inside unique_ptr's brackets)"),
    ("using", r"^\s*using namespace ", r"\.cpp$", "a header forces its names on nobody"),
]
HEAVY = re.compile(r'#include\s*[<"](iostream|regex|sqlite3\.h|libpq-fe\.h|boost/|nlohmann/|toml\+\+|openssl/|hb[-.]|'
                   r'sodium|unicode/|zip\.h|qrencode\.h|libdeflate\.h|curl/)')
VAGUE = re.compile(r"(^|_)(utils?|helpers?|manager|service|impl|common|misc)(_|$)")
# Machine paths and registries have no place in the tree. Written in pieces, so that this file keeps its own rule.
FOREIGN = re.compile("|".join(["/" + "work/", r"/tmp/" + "wt", r"\.\./" + "shared", "npmjs" + r"\.org", '"resolved"' + ":",
                               r"/home/" + r"\w+/"]))
UNFINISHED = re.compile(r"\b(TO" + "DO|FIX" + "ME|XX" + r"X)\b")
SQL = re.compile(r'"\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)', re.IGNORECASE)


class House:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.faults = []
        self.files = self.listed()
        with open(self.root / "tools/house_exceptions.toml", "rb") as file:
            self.exceptions = tomllib.load(file).get("exception", [])
        self.used = set()
        self.words = self.glossary()

    def glossary(self):
        """Words that pages do not use, each with the one they do (docs/glossary.md)."""
        path, words = self.root / "docs/glossary.md", {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if line.startswith("|") and len(cells) == 4 and cells[2] not in {"", "never", "---"}:
                words |= {never.strip(): cells[1] for never in cells[2].split(",")}
        return words

    def listed(self):
        """What belongs to the tree: tracked, or new and not ignored."""
        answer = subprocess.run(["git", "-C", self.root, "ls-files", "-co", "--exclude-standard", "-z"],
                                capture_output=True, check=False)
        if answer.returncode == 0:
            names = answer.stdout.decode().split("\0")
        else:
            names = [str(p.relative_to(self.root)) for p in self.root.rglob("*") if "build" not in p.parts]
        return sorted(n for n in names if n and (self.root / n).is_file())

    def fault(self, rule, name, line, reason):
        for number, exception in enumerate(self.exceptions):
            if exception["rule"] == rule and exception["file"] == name:
                self.used.add(number)
                return
        self.faults.append((name, line, f"[{rule}] {reason}"))


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def check_text(house, name, text):
    """Rules for every text file."""
    for number, line in enumerate(text.splitlines(), 1):
        if FOREIGN.search(line):
            house.fault("foreign", name, number, "a path, host or registry of one machine")
        if UNFINISHED.search(line):
            house.fault("unfinished", name, number, "finish it, or leave it out")
    base = name.rsplit("/", 1)[-1]
    if base.startswith("README") and len(text.splitlines()) > README:
        house.fault("readme", name, README + 1, f"a README says it within {README} lines")


def check_words(house, name, text):
    for number, line in enumerate(text.splitlines(), 1):
        for never, word in house.words.items():
            if never in line:
                house.fault("word", name, number, f"{never}: this house says {word} (docs/glossary.md)")


def check_names(house):
    folders = {}
    for name in house.files:
        path = pathlib.PurePosixPath(name)
        if path.parts[0] in {"src", "tools", "test", "script"}:
            for part in (*path.parts[:-1], path.name.split(".")[0]):
                if VAGUE.search(part.lower()):
                    house.fault("name", name, 1, f"'{part}' is not the name of a thing; files are nouns of the town's own")
        if path.suffix in CODE and not re.search(r"_(test|bench|fuzz)$", path.stem):
            folders.setdefault(str(path.parent), []).append(name)
    for folder, sources in folders.items():
        if len(sources) > FOLDER:
            house.fault("folder", folder, 1, f"{len(sources)} source files; a room of more than {FOLDER} splits")


def check_size(house, name, lines):
    path = pathlib.PurePosixPath(name)
    most = TEST if path.stem.endswith("_test") or name.startswith("test/") else HEADER if path.suffix == ".h" else SOURCE
    if len(lines) > most:
        house.fault("size", name, most + 1, f"{len(lines)} lines; at most {most}")


def check_code(house, name, text):
    lines = text.splitlines()
    code = blanked(text)
    is_test = name.endswith("_test.cpp")
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            house.fault("columns", name, number, f"{len(line)} columns; at most {COLUMNS}")
        if "\t" in line or line != line.rstrip():
            house.fault("blank", name, number, "tab or trailing blank")
    for rule, pattern, where, reason in BANNED:
        if not re.search(where, name):
            for hit in re.finditer(pattern, code, re.MULTILINE):
                house.fault(rule, name, line_of(code, hit.start()), reason)
    for function in functions(code):
        if function.lines > FUNCTION:
            house.fault("function", name, function.line, f"{function.name}: {function.lines} lines; at most {FUNCTION}")
    if name.endswith(".h"):
        check_header(house, name, lines)
    elif name.startswith("src/") and not is_test:
        check_own_header(house, name, lines)
    if is_test:
        check_test_cases(house, name, code)
    elif name.startswith("src/") and not re.search(r"_store\.cpp$|^src/infra/storage/|_bench\.cpp$|^src/sim/", name):
        for number, line in enumerate(lines, 1):
            if SQL.search(line):
                house.fault("sql", name, number, "SQL lives in the room's *_store.cpp")


def check_header(house, name, lines):
    if not lines or not lines[0].startswith("//"):
        house.fault("sentence", name, 1, "a header's first line says what the thing is")
    if "#pragma once" not in lines:
        house.fault("once", name, 1, "#pragma once is missing")
    for number, line in enumerate(lines, 1):
        if HEAVY.search(line):
            house.fault("heavy", name, number, "heavy headers belong in .cpp files: everybody who includes this one pays")


def check_own_header(house, name, lines):
    """foo.cpp includes foo.h first; so a header that cannot stand alone is noticed."""
    own = re.sub(r"\.cpp$", ".h", name)
    if own not in house.files:
        return
    for number, line in enumerate(lines, 1):
        include = re.match(r'#include\s+["<]([^">]+)[">]', line)
        if include:
            if include.group(1) != own.removeprefix("src/"):
                house.fault("own_header", name, number, f'includes "{own.removeprefix("src/")}" first')
            return
    house.fault("own_header", name, 1, f'never includes "{own.removeprefix("src/")}"')


def check_test_cases(house, name, code):
    asserts = re.compile(r"\b(CHECK|REQUIRE|FAIL)(_\w+)?\s*\(")
    checking = {f.name.split("::")[-1] for f in functions(code) if asserts.search(code[f.start:f.end])}
    known = re.compile(r"\b(" + "|".join(re.escape(c) for c in sorted(checking) if c.isidentifier()) + r")\s*\(") \
        if any(c.isidentifier() for c in checking) else None
    for case in re.finditer(r"\bTEST_CASE\w*\s*\(", code):
        opening = code.find("{", case.end())
        body = code[opening:matching_brace(code, opening)]
        if not asserts.search(body) and not (known and known.search(body)):
            house.fault("no_check", name, line_of(code, case.start()), "a test that cannot fail proves nothing")


def inspect(root):
    house = House(root)
    check_names(house)
    for name in house.files:
        suffix = pathlib.PurePosixPath(name).suffix
        if suffix in BINARY:
            continue
        try:
            text = (house.root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        check_text(house, name, text)
        if name.startswith("src/"):
            check_words(house, name, text)
        if suffix in CODE:
            check_code(house, name, text)
        if suffix in CODE | SCRIPT:
            check_size(house, name, text.splitlines())
    for number, exception in enumerate(house.exceptions):
        if not exception.get("reason"):
            house.faults.append(("tools/house_exceptions.toml", 1, f"{exception['file']}: an exception needs its reason"))
        if number not in house.used:
            house.faults.append(("tools/house_exceptions.toml", 1,
                                 f"{exception['file']}: the exception from '{exception['rule']}' is not needed any more"))
    return house


def main(root):
    house = inspect(root)
    for name, line, reason in sorted(house.faults):
        print(f"{name}:{line}: {reason}")
    print(f"{len(house.files)} files, {len(house.faults)} breaches of the house rules")
    return bool(house.faults or not house.files)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
