#!/usr/bin/env python3
"""The sum at the end of script/test must not be able to flatter."""
import contextlib
import io
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from tally import cases_of, main  # noqa: E402

DOCTEST = "[doctest] test cases: {} | {} passed | {} failed | 0 skipped\n"
TAP = """TAP version 13
# Subtest: the desk
    # Subtest: shows what waits
    ok 1 - shows what waits
      ---
      duration_ms: 3
      ...
    # Subtest: is accessible
    {} 2 - is accessible
      ---
      duration_ms: 3
      ...
    1..2
{} 1 - the desk
  ---
  duration_ms: 7
  {}
  ...
# Subtest: alone
ok 2 - alone # SKIP
  ---
  duration_ms: 1
  ...
1..2
"""


class Tally(unittest.TestCase):
    def run_main(self, files):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, text in files.items():
                path = pathlib.Path(folder, name)
                if text is not None:
                    path.write_text(text, encoding="utf-8")
                paths.append(str(path))
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                code = main(paths)
            return code, out.getvalue().splitlines()[-1]

    def test_a_program_counts_by_its_cases(self):
        self.assertEqual(cases_of(DOCTEST.format(7, 7, 0), True), (7, 0))
        self.assertEqual(cases_of(DOCTEST.format(7, 5, 2), False), (5, 2))
        self.assertEqual(cases_of("Ran 6 tests in 0.1s\n\nOK\n", True), (6, 0))
        self.assertEqual(cases_of("Ran 6 tests in 0.1s\n\nFAILED (failures=1, errors=1)\n", False), (4, 2))

    def test_a_program_that_dies_has_failed_whatever_it_said(self):
        self.assertEqual(cases_of("", False), (0, 1))
        self.assertEqual(cases_of(DOCTEST.format(7, 7, 0) + "AddressSanitizer: leak", False), (7, 1))

    def test_ctest_and_node_and_steps_add_up(self):
        junit = ('<testsuite><testcase name="a" status="run"><system-out>' + DOCTEST.format(3, 3, 0)
                 + '</system-out></testcase><testcase name="b" status="fail"><failure/><system-out/></testcase></testsuite>')
        tap = TAP.format("ok", "ok", "type: 'test'")
        self.assertEqual(self.run_main({"dev.xml": junit, "e2e.tap": tap, "crash.step": "crash passed 3"}),
                         (1, "6 passed, 1 failed"))
        self.assertEqual(self.run_main({"e2e.tap": tap}), (0, "2 passed, 0 failed"))

    def test_a_failed_part_fails_the_whole_once(self):
        tap = TAP.format("not ok", "not ok", "failureType: 'subtestsFailed'")
        self.assertEqual(self.run_main({"e2e.tap": tap}), (1, "1 passed, 1 failed"))

    def test_silence_is_not_success(self):
        self.assertEqual(self.run_main({}), (1, "0 passed, 1 failed"))
        self.assertEqual(self.run_main({"dev.xml": None}), (1, "0 passed, 1 failed"))
        self.assertEqual(self.run_main({"e2e.tap": "TAP version 13\n1..0\n"}), (1, "0 passed, 1 failed"))


if __name__ == "__main__":
    unittest.main()
