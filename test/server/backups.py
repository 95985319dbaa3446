#!/usr/bin/env python3
"""Copies of the real house, from its real doors to a restored one: nothing planted is found, nothing erased comes back.

    backups.py AZUKARI
"""
import contextlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import time
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "test/server"))
from house import House, Visitor, one_time_code, work_directory  # noqa: E402
from matrix_town import done, fill_vault, own_entrustment, send, take_in  # noqa: E402

MARKER = "架空標識"
FORMS = {name: MARKER.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "cp932")}
PLACES = ("data", "keys", "ledger")


def stands_in(folder):
    """Every file below the folder that holds the marker, in whichever encoding; archives are looked into as well."""
    found = []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if not path.is_file():
            continue
        contents = {path.name: path.read_bytes()}
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                contents |= {name: archive.read(name) for name in archive.namelist()}
        found += [f"{path} ({name}, {form})" for name, content in contents.items()
                  for form, marker in FORMS.items() if marker in content]
    return found


def persons_in(data):
    with contextlib.closing(sqlite3.connect(data / "store/azukari.db")) as db:
        return sum(db.execute(f"select count(*) from {table}").fetchone()[0]
                   for table in ("guidance_recipient", "vault_version"))


class Copies(unittest.TestCase):
    program = None
    folder = None

    @classmethod
    def setUpClass(cls):
        cls.folder = work_directory("backups")
        cls.house = House(cls.program, cls.folder / "house")
        cls.house.fill()

    @classmethod
    def tearDownClass(cls):
        cls.house.leave_nothing_running()
        shutil.rmtree(cls.folder)

    def run_azukari(self, *words, code=0, typed=""):
        done_run = subprocess.run([self.program, *map(str, words)], check=False, capture_output=True, text=True,
                                  input=typed, timeout=120)
        self.assertEqual(done_run.returncode, code, done_run.stdout + done_run.stderr)
        return done_run.stdout + done_run.stderr

    def places(self, name):
        places = [self.folder / name / place for place in PLACES]
        for place in places:
            place.mkdir(parents=True, exist_ok=True)
        return places

    def back_up(self, house, name, code=0):
        data, keys, ledger = self.places(name)
        return self.run_azukari("backup", "--data", house.data, "--data-to", data, "--keys-to", keys,
                                "--ledger-to", ledger, code=code)

    def restore_command(self, house, data, keys, ledger):
        house.data.mkdir(mode=0o700, exist_ok=True)
        if not (house.data / "root.key").exists():
            shutil.copy(self.house.data / "root.key", house.data)
        return ["restore", "--data", house.data, "--data-from", self.folder / data / "data",
                "--keys-from", self.folder / keys / "keys", "--ledger-from", self.folder / ledger / "ledger"]

    def prove_again(self, visitors):
        """A code counts once: all of them with the next one."""
        time.sleep(31 - time.time() % 30)
        for login, visitor in visitors.items():
            account = self.house.account(login)
            form = visitor.get("/reauthenticate?next=/").form("/reauthenticate")
            done(visitor.post(form.action, form.filled({
                "password": account["password"], "code": one_time_code(account["totp_secret_base32"], time.time())})))

    def plant(self, visitors, entrustment):
        """The marker comes in by the file from the ward and by what a clerk types."""
        file = self.folder / "from the ward.csv"
        subprocess.run([self.program, "guidance", "sample", "--layout", ROOT / "definitions/layouts/guidance", "--count",
                        "40", "--seed", "1", "--output", file], check=True, stdout=subprocess.DEVNULL)
        lines = file.read_bytes().decode("cp932").split("\r\n")
        for number in range(1, 8):
            cells = lines[number].split(",")
            cells[1] = MARKER + "　" + "一二三四五六七"[number - 1]
            lines[number] = ",".join(cells)
        file.write_bytes("\r\n".join(lines).encode("cp932"))
        self.assertTrue(stands_in(self.folder), "the search finds what is there")
        batch = take_in(visitors["handler"], entrustment, file)
        fill_vault(self.house, visitors, entrustment)
        here = f"/entrustments/{entrustment}"
        for name in ("甲", "乙"):
            send(visitors["handler"], f"{here}/persons/new", "/persons/new",
                 {"item.name": f"{MARKER} {name}", "channel": "counter", "purpose": "letters",
                  "reason": f"{MARKER}の受付"})
        self.assertEqual(visitors["handler"].get(batch).status, 200)
        file.unlink()

    def erase(self, visitors, entrustment):
        ending = f"/entrustments/{entrustment}/ending"
        made = visitors["handler"].post(ending + "/erasures/new", [
            ("csrf", visitors["handler"].csrf), ("target", "entrustment"), ("cause", "contract_ended")])
        erasure = done(made).headers["Location"].split("?")[0]
        for login in ("security", "supervisor"):
            form = done(visitors[login].get(erasure + "/agreement"), 200).form("/agreement")
            done(visitors[login].post(form.action, form.fields))
        form = done(visitors["handler"].get(erasure + "/destruction"), 200).form("/destruction")
        done(visitors["handler"].post(form.action, form.filled({"typed": "消去"})))
        form = done(visitors["security"].get(erasure + "/check"), 200).form("/check")
        done(visitors["security"].post(form.action, form.fields))
        proof = done(visitors["officer"].get(erasure + "/proof/carried_out"), 200)
        (self.folder / "certificate").write_bytes(proof.body)

    def test_1_nothing_planted_is_found_and_nothing_erased_comes_back(self):
        """[K61] [K63]"""
        house = self.house
        entrustment = own_entrustment(house)
        house.start()
        visitors = {login: Visitor(house) for login in ("officer", "handler", "supervisor", "security")}
        for login, visitor in visitors.items():
            visitor.sign_in(login)
        self.plant(visitors, entrustment)
        told = self.back_up(house, "before")
        self.assertRegex(told, r"控えを作りました")
        self.assertEqual(stands_in(self.folder), [], "sealed from its first byte, in the house and in every copy of it")
        before = persons_in(house.data)

        self.prove_again({login: visitors[login] for login in ("handler", "supervisor", "security")})
        self.erase(visitors, entrustment)
        self.assertLess(persons_in(house.data), before)
        self.back_up(house, "after")
        told = self.run_azukari("drill", "--data", house.data, "--data-from", self.folder / "before/data",
                                "--keys-from", self.folder / "before/keys", "--ledger-from", self.folder / "after/ledger")
        self.assertIn("復元できます", told)
        self.assertNotIn("×", told)
        self.assertRegex(told, r"委託1件のどれも開けず、行も残っていません（うち[1-9]\d*人分は、控えから戻ったものを改めて消去")
        self.assertFalse((house.data / "drilling").exists())
        self.assertIn("控えから復元できることを確かめた", visitors["officer"].get("/ledger").text)
        house.stop()
        self.assertEqual(stands_in(self.folder), [])

        # Data and keys from before the erasure: what was destroyed is destroyed again before anybody can look.
        again = House(self.program, self.folder / "again")
        told = self.run_azukari(*self.restore_command(again, "before", "before", "after"))
        self.assertRegex(told, r"[1-9]\d*人分を改めて消去しました")
        self.assertEqual(persons_in(again.data), persons_in(house.data))
        self.assertEqual(stands_in(self.folder), [])
        again.accounts = house.accounts
        again.start()
        self.addCleanup(again.leave_nothing_running)
        officer = Visitor(again)
        time.sleep(31 - time.time() % 30)
        officer.sign_in("officer")
        self.assertIn("控えから復元した", officer.get("/ledger").text)
        self.assertEqual(officer.get(f"/entrustments/{entrustment}/ending").status, 200)
        again.stop()

        # With the old ledger only, nobody would know; the certificate that the ward holds tells.
        ward = House(self.program, self.folder / "ward")
        command = self.restore_command(ward, "before", "before", "before")
        told = self.run_azukari(*command, "--certificate", self.folder / "certificate")
        self.assertRegex(told, r"[1-9]\d*人分を改めて消去しました")
        self.assertEqual(persons_in(ward.data), persons_in(house.data))

    def test_2_a_copy_that_was_cut_off_is_never_taken_for_one(self):
        house = House(self.program, self.folder / "cut")
        shutil.copytree(self.house.data, house.data)
        house.start()
        self.addCleanup(house.leave_nothing_running)
        data, keys, ledger = self.places("killed")
        cut_off = 0
        for delay in (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8):
            asked = subprocess.Popen([self.program, "backup", "--data", house.data, "--data-to", data, "--keys-to",
                                      keys, "--ledger-to", ledger], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(delay)
            house.kill()
            cut_off += asked.wait(timeout=60) != 0
            house.start()
        self.assertGreater(cut_off, 0)
        house.stop()
        for place in (data, keys, ledger):
            for folder in place.iterdir():
                whole = (folder / "manifest").exists() and not folder.name.endswith(".partial")
                self.assertTrue(whole or folder.name.endswith(".partial"), folder)
        self.back_up(house, "killed")  # clears what was cut off
        self.assertEqual([path for place in (data, keys, ledger) for path in place.glob("*.partial")], [])
        self.assertFalse((house.data / "backing-up").exists())
        new = House(self.program, self.folder / "after-cut")
        self.run_azukari(*self.restore_command(new, "killed", "killed", "killed"))

    def test_3_a_restoring_that_was_cut_off_keeps_the_house_shut_until_it_is_done(self):
        self.back_up(self.house, "whole")
        new = House(self.program, self.folder / "restored")
        command = [self.program, *map(str, self.restore_command(new, "whole", "whole", "whole"))]
        # Cut off at its very first step, before any key lies there: nobody is told to found a house on top of it.
        (new.data / "restoring").touch(mode=0o600)
        said = self.run_azukari("serve", "--data", new.data, "--listen", f"127.0.0.1:{new.port}", code=1)
        self.assertIn("復元が、途中で止まっています", said)
        cut_off = 0
        for delay in (0.02, 0.05, 0.1, 0.2, 0.4, 0.7):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(delay)
            process.kill()
            process.wait()
            if not (new.data / "restoring").exists():
                continue
            cut_off += 1
            said = self.run_azukari("serve", "--data", new.data, "--listen", f"127.0.0.1:{new.port}", code=1)
            self.assertIn("復元が、途中で止まっています", said)
        self.assertGreater(cut_off, 0)
        if (new.data / "restoring").exists():
            self.run_azukari(*self.restore_command(new, "whole", "whole", "whole"))
        self.assertFalse((new.data / "restoring").exists())
        new.start()
        new.stop()

    def test_4_what_cannot_be_put_back_is_refused_and_leaves_the_folder_as_it_was(self):
        self.back_up(self.house, "good")
        new = House(self.program, self.folder / "refused")
        command = self.restore_command(new, "good", "good", "good")
        key = (new.data / "root.key").read_bytes()

        def refused(words, sentence):
            said = self.run_azukari(*words, code=1)
            self.assertIn(sentence, said)
            self.assertEqual({path.name for path in new.data.iterdir()} - {"root.key"}, set())

        (new.data / "root.key").unlink()
        refused(command, "鍵")
        other = House(self.program, self.folder / "other-house")
        self.run_azukari("init", "--data", other.data)
        shutil.copy(other.data / "root.key", new.data)
        refused(command, "鍵")
        os.chmod(new.data / "root.key", 0o600)
        (new.data / "root.key").write_bytes(key)
        os.chmod(new.data / "root.key", 0o400)
        self.back_up(other, "other")
        refused([*command[:-1], self.folder / "other/ledger"], "別のシステム")
        (new.data / "something").write_text("x")
        self.assertIn("ほかのもの（something）", self.run_azukari(*command, code=1))
        (new.data / "something").unlink()
        self.run_azukari(*command)

    def test_5_the_list_tells_what_lives_and_the_night_makes_and_ends_copies(self):
        self.back_up(self.house, "listed")
        listed = self.run_azukari("backup", "list", "--data", self.house.data)
        self.assertRegex(listed, r"鍵の控え  azukari-keys-\d{8}T\d{6}-[0-9a-f]{8}  \d{4}-\d\d-\d\d まで")
        said = self.run_azukari("backup", "--data", self.house.data, code=1)
        self.assertIn("控えの置き場所が決まっていません", said)


if __name__ == "__main__":
    Copies.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
