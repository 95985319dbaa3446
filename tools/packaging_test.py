#!/usr/bin/env python3
"""What is installed on a server: the unit holds its promises, the manual is well formed, the lock file names no host.

The two Debian tools are asked where they are at hand; the rest is read from the files.
"""
import configparser
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
UNIT = ROOT / "packaging/azukari.service"
PROMISED = {
    "User": "azukari", "ProtectSystem": "strict", "NoNewPrivileges": "yes", "MemoryDenyWriteExecute": "yes",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6", "LimitCORE": "0", "CapabilityBoundingSet": "",
    "StateDirectoryMode": "0700", "UMask": "0077", "IPAddressDeny": "any", "PrivateTmp": "yes", "PrivateDevices": "yes",
}


class Packaging(unittest.TestCase):
    def test_the_unit_grants_no_more_than_promised(self):
        unit = configparser.RawConfigParser(strict=False)
        unit.optionxform = str
        unit.read(UNIT, encoding="utf-8")
        service = unit["Service"]
        self.assertEqual({key: service.get(key) for key in PROMISED}, PROMISED)
        self.assertTrue(service["LoadCredential"].startswith("root.key:"))

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not installed")
    def test_systemd_reads_the_unit_and_finds_little_exposure(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder, "azukari.service")
            copy.write_text(UNIT.read_text().replace("ExecStart=/usr/bin/azukari", "ExecStart=/bin/true")
                            .replace("Documentation=man:azukari(1)\n", ""))
            verify = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False)
            self.assertEqual((verify.returncode, verify.stderr), (0, ""))
            rated = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", copy],
                                   capture_output=True, text=True, check=False)
            self.assertEqual(rated.returncode, 0, rated.stdout[-300:])

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_the_manual_is_well_formed(self):
        pages = sorted((ROOT / "packaging").glob("*.1"))
        self.assertEqual([page.name for page in pages], ["azukari-verify.1", "azukari.1"])
        lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *pages], capture_output=True, text=True, check=False)
        self.assertEqual(lint.stdout + lint.stderr, "")

    def test_the_browser_tests_packages_are_locked_by_digest_alone(self):
        locked = json.loads((ROOT / "test/e2e/package-lock.json").read_text())["packages"]
        self.assertEqual(sorted(name for name in locked if name and "integrity" not in locked[name]), [])
        self.assertEqual([name for name in locked if "resolved" in locked[name]], [])

    def test_maintainer_scripts_are_well_formed_and_leave_what_was_entrusted(self):
        for name in ("postinst", "prerm", "postrm"):
            script = ROOT / "packaging/debian" / name
            self.assertEqual(subprocess.run(["sh", "-n", script], check=False).returncode, 0)
            self.assertNotIn("rm -r", script.read_text())


if __name__ == "__main__":
    unittest.main()
