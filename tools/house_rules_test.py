#!/usr/bin/env python3
"""Plants one breach of every house rule in a tree of its own and asks that it is found, at its line, and nothing else."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house_rules import inspect  # noqa: E402
from source_text import blanked, functions  # noqa: E402


def body(lines):
    return "void walk()\n{\n" + "    step();\n" * (lines - 3) + "}\n"


# rule, file, text, line where it must be found
PLANTED = [
    ("columns", "src/base/a.cpp", "int a;\n// " + "x" * 120 + "\n", 2),
    ("blank", "src/base/a.cpp", "int a; \n", 1),
    ("blank", "src/base/a.cpp", "\tint a;\n", 1),
    ("size", "src/base/a.cpp", "int a;\n" * 501, 501),
    ("size", "src/base/a.h", "// A thing.\n#pragma once\n" + "int a();\n" * 199, 201),
    ("size", "src/base/a_test.cpp", "int a;\n" * 801, 801),
    ("size", "test/e2e/long.mjs", "a();\n" * 801, 801),
    ("function", "src/base/a.cpp", "int a;\n\n" + body(71), 3),
    ("function", "src/base/a.cpp", "namespace azukari {\nA::A(int b) : b_{b}, c_(b)\n{\n" + "    step();\n" * 70 + "}\n}\n", 2),
    ("clock", "src/ledger/a.cpp", "int a;\nauto t = std::chrono::system_clock::now();\n", 2),
    ("clock", "src/ledger/a.cpp", "auto t = time(nullptr);\n", 1),
    ("clock", "src/ledger/a.cpp", "auto t = localtime(&x);\n", 1),
    ("random", "src/ledger/a.cpp", "auto t = rand();\n", 1),
    ("random", "src/ledger/a.cpp", "std::random_device seed;\n", 1),
    ("print", "src/ledger/a.cpp", 'void f()\n{\n    std::cout << "x";\n}\n', 3),
    ("print", "src/ledger/a.cpp", 'void f()\n{\n    printf("x");\n}\n', 3),
    ("catch", "src/ledger/a.cpp", "void f()\n{\n    try { g(); } catch (const Fault&) { }\n}\n", 3),
    ("heap", "src/ledger/a.cpp", "auto* t = new Thing(1);\n", 1),
    ("using", "src/ledger/a.h", "// A thing.\n#pragma once\nusing namespace azukari::storage;\n", 3),
    ("heavy", "src/ledger/a.h", "// A thing.\n#pragma once\n#include <sqlite3.h>\n", 3),
    ("heavy", "src/ledger/a.h", "// A thing.\n#pragma once\n#include <boost/asio.hpp>\n", 3),
    ("heavy", "src/ledger/a.h", "// A thing.\n#pragma once\n#include <iostream>\n", 3),
    ("sentence", "src/ledger/a.h", "#pragma once\n", 1),
    ("once", "src/ledger/a.h", "// A thing.\nint a();\n", 1),
    ("sql", "src/ledger/a.cpp", 'int a;\nauto q = "select id from entry where id = ?";\n', 2),
    ("no_check", "src/ledger/a_test.cpp", 'int a;\nTEST_CASE("nothing")\n{\n    f("CHECK(x)"); // CHECK(x)\n}\n', 2),
    ("name", "src/ledger/string_utils.cpp", "int a;\n", 1),
    ("name", "src/common/a.cpp", "int a;\n", 1),
    ("unfinished", "docs/a.md", "fine\n" + "TO" + "DO: the rest\n", 2),
    ("foreign", "docs/a.md", "see /" + "work/main\n", 1),
    ("foreign", "test/e2e/package-lock.json", '{\n"resolved"' + ': "https://x/y.tgz"\n}\n', 2),
    ("foreign", "src/ledger/a.cpp", "// from ../" + "shared/x\n", 1),
    ("readme", "src/ledger/README.md", "word\n" * 81, 81),
]

CLEAN = {
    "src/ledger/a.h": "// A thing of the ledger.\n#pragma once\n\n#include <string>\n\nstd::string a();\n",
    "src/ledger/a.cpp": '#include "ledger/a.h"\n\n#include <sqlite3.h>\n\n'
                        '// system_clock::now() and printf( may be spoken of.\n'
                        'const char* kSaying = "rand() catch (x) std::cout";\n'
                        'int at_time(Clock& c) { return c.time(0); }\n' + body(70),
    "src/ledger/a_store.cpp": 'auto q = "select id from entry";\n',
    "src/ledger/a_test.cpp": '#include "ledger/a.h"\n\nvoid check_all() { CHECK(true); }\n'
                             'TEST_CASE("by a named check")\n{\n    check_all();\n}\n'
                             'TEST_CASE("a brace in a text } [K01]")\n{\n    CHECK(a() == "{");\n}\n',
    "src/app/commands/main.cpp": 'int main() { std::printf("x"); }\n',
    "README.md": "word\n" * 80,
}


class HouseRules(unittest.TestCase):
    def inspect(self, files, exceptions=""):
        with tempfile.TemporaryDirectory() as root:
            for name, text in {"tools/house_exceptions.toml": exceptions, **files}.items():
                path = pathlib.Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return inspect(root).faults

    def test_every_planted_breach_is_found_where_it_is(self):
        for rule, name, text, line in PLANTED:
            with self.subTest(rule=rule, name=name):
                faults = self.inspect({name: text})
                self.assertEqual([(f[0], f[1], f[2].split("]")[0][1:]) for f in faults], [(name, line, rule)])

    def test_a_tree_in_order_is_silent(self):
        self.assertEqual(self.inspect(CLEAN), [])

    def test_own_header_comes_first(self):
        header = CLEAN["src/ledger/a.h"]
        late = self.inspect({"src/ledger/a.h": header, "src/ledger/a.cpp": '#include <string>\n#include "ledger/a.h"\n'})
        never = self.inspect({"src/ledger/a.h": header, "src/ledger/a.cpp": "int a;\n"})
        self.assertEqual([f[:2] for f in late + never], [("src/ledger/a.cpp", 1)] * 2)

    def test_a_room_of_more_than_twenty_files_splits(self):
        rooms = {f"src/ledger/n{i}.cpp": "int a;\n" for i in range(20)}
        self.assertEqual(self.inspect({**rooms, "src/ledger/n1_test.cpp": "int a;\n"}), [])
        self.assertEqual([f[0] for f in self.inspect({**rooms, "src/ledger/more.cpp": "int a;\n"})], ["src/ledger"])

    def test_an_exception_silences_its_rule_and_only_while_it_is_needed(self):
        entry = '[[exception]]\nrule = "catch"\nfile = "src/ledger/a.cpp"\nreason = "the boundary"\n'
        caught = {"src/ledger/a.cpp": "void f()\n{\n    try { g(); } catch (...) { }\n}\n"}
        self.assertEqual(self.inspect(caught, entry), [])
        self.assertEqual(len(self.inspect(CLEAN, entry)), 1)
        self.assertEqual(len(self.inspect(caught, entry.replace('reason = "the boundary"\n', ""))), 1)

    def test_pages_speak_the_words_of_the_glossary(self):
        glossary = "| code | page | never | what it is |\n|---|---|---|---|\n| handler | 取扱者 | 取扱い者, 担当人 | a person |\n"
        said = self.inspect({"docs/glossary.md": glossary, "src/ledger/a.cpp": 'auto a = "取扱者";\nauto b = "担当人";\n'})
        self.assertEqual([f[:2] for f in said], [("src/ledger/a.cpp", 2)])

    def test_functions_are_measured_whole(self):
        code = blanked('namespace a {\nconst int k[] = {1, 2};\nclass B {\npublic:\n    B() : x_{1} {\n        f([] {\n'
                       '        });\n    }\n    int x_{0};\n};\nauto C::d() const -> int\n{\n    return 1;\n}\n}\n')
        self.assertEqual([(f.name, f.line, f.lines) for f in functions(code)], [("B", 5, 4), ("C::d", 11, 4)])


if __name__ == "__main__":
    unittest.main()
