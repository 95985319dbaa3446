#!/usr/bin/env python3
"""Copies of the real house, from its real doors to a restored one: nothing planted is found, nothing erased comes back.

    backups.py AZUKARI [TEST…]

On SQLite, and once more on PostgreSQL where AZUKARI_TEST_POSTGRES holds a conninfo.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import time
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "test/server"))
from house import House, Visitor, one_time_code, work_directory  # noqa: E402
from matrix_town import done, fill_vault, own_entrustment, send, take_in  # noqa: E402
from stores import Postgres, Sqlite  # noqa: E402

MARKER = "架空標識"
PLACES = ("data", "keys", "ledger")


def stands_in(folder, marker=MARKER):
    """Every file below the folder that holds the marker, in whichever encoding; archives are looked into as well."""
    forms = {name: marker.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "cp932")}
    found = []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        try:
            contents = {path.name: path.read_bytes()} if path.is_file() else {}
        except FileNotFoundError:  # a server at work
            continue
        if contents and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                contents |= {name: archive.read(name) for name in archive.namelist()}
        found += [f"{path} ({name}, {form})" for name, content in contents.items()
                  for form, written in forms.items() if written in content]
    return found


def persons_in(house):
    return sum(int(house.store.rows(f"select count(*) from {table}")[0][0])
               for table in ("guidance_recipient", "vault_version"))


class Copies:
    program = None
    folder = None
    store = None

    @classmethod
    def setUpClass(cls):
        cls.folder = work_directory(f"backups-{cls.store.name}")
        cls.house = House(cls.program, cls.folder / "house", cls.store)
        cls.house.prepare()
        cls.house.fill()

    @classmethod
    def tearDownClass(cls):
        cls.house.leave_nothing_running()
        shutil.rmtree(cls.folder)
        Postgres.drop_all()

    def new_house(self, name, store=None):
        house = House(self.program, self.folder / name, store or self.store)
        house.prepare()
        self.addCleanup(house.leave_nothing_running)
        return house

    def found_in(self, house):
        """The marker in anything of this test, and in what is the house's elsewhere."""
        return [found for folder in [self.folder, *house.store.folders()] for found in stands_in(folder)]

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
        if not (house.data / "root.key").exists():
            shutil.copy(self.house.data / "root.key", house.data)
        return ["restore", "--data", house.data, "--data-from", self.folder / data / "data",
                "--keys-from", self.folder / keys / "keys", "--ledger-from", self.folder / ledger / "ledger"]

    def copy_of(self, house, name):
        """Another house that is the same; the first must not be open."""
        copy = House(self.program, self.folder / name, lambda data: house.store.copy_to(data))
        shutil.copytree(house.data, copy.data)
        copy.prepare()
        self.addCleanup(copy.leave_nothing_running)
        return copy

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
        self.assertTrue(self.found_in(self.house), "the search finds what is there")
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
        self.assertEqual(self.found_in(house), [], "sealed from its first byte, in the house and in every copy of it")
        before = persons_in(house)

        self.prove_again({login: visitors[login] for login in ("handler", "supervisor", "security")})
        self.erase(visitors, entrustment)
        self.assertLess(persons_in(house), before)
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
        again = self.new_house("again")
        told = self.run_azukari(*self.restore_command(again, "before", "before", "after"))
        self.assertRegex(told, r"[1-9]\d*人分を改めて消去しました")
        self.assertEqual(persons_in(again), persons_in(house))
        self.assertEqual(self.found_in(again), [])
        again.accounts = house.accounts
        again.start()
        officer = Visitor(again)
        time.sleep(31 - time.time() % 30)
        officer.sign_in("officer")
        self.assertIn("控えから復元した", officer.get("/ledger").text)
        self.assertEqual(officer.get(f"/entrustments/{entrustment}/ending").status, 200)
        again.stop()

        # With the old ledger only, nobody would know; the certificate that the ward holds tells.
        ward = self.new_house("ward")
        command = self.restore_command(ward, "before", "before", "before")
        told = self.run_azukari(*command, "--certificate", self.folder / "certificate")
        self.assertRegex(told, r"[1-9]\d*人分を改めて消去しました")
        self.assertEqual(persons_in(ward), persons_in(house))

    def test_2_a_copy_that_was_cut_off_is_never_taken_for_one(self):
        house = self.copy_of(self.house, "cut")
        house.start()
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
        new = self.new_house("after-cut")
        self.run_azukari(*self.restore_command(new, "killed", "killed", "killed"))

    def test_3_a_restoring_that_was_cut_off_keeps_the_house_shut_until_it_is_done(self):
        self.back_up(self.house, "whole")
        new = self.new_house("restored")
        command = [self.program, *map(str, self.restore_command(new, "whole", "whole", "whole"))]
        # Cut off at its very first step, before any key lies there: nobody is told to found a house on top of it.
        (new.data / "restoring").touch(mode=0o600)
        said = self.run_azukari("serve", "--data", new.data, "--listen", f"127.0.0.1:{new.port}", code=1)
        self.assertIn("復元が、途中で止まっています", said)
        (new.data / "restoring").unlink()
        cut_off = 0
        for delay in (0.0, 0.02, 0.05, 0.1, 0.2, 0.4):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            begins = time.monotonic() + 20
            while process.poll() is None and time.monotonic() < begins and not (new.data / "keys").exists():
                time.sleep(0.001)
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
        new = self.new_house("refused")
        command = self.restore_command(new, "good", "good", "good")
        key = (new.data / "root.key").read_bytes()

        def refused(words, sentence):
            said = self.run_azukari(*words, code=1)
            self.assertIn(sentence, said)
            self.assertEqual({path.name for path in new.data.iterdir()} - {"root.key", "azukari.toml"}, set())
            self.assertTrue(new.store.is_empty())

        (new.data / "root.key").unlink()
        refused(command, "鍵")
        other = self.new_house("other-house")
        self.run_azukari("init", "--data", other.data)
        shutil.copy(other.data / "root.key", new.data)
        refused(command, "鍵")
        os.chmod(new.data / "root.key", 0o600)
        (new.data / "root.key").write_bytes(key)
        os.chmod(new.data / "root.key", 0o400)
        self.back_up(other, "other")
        refused([*command[:-1], self.folder / "other/ledger"], "別のシステム")
        # Told when data and keys are laid already: they go again.
        (self.folder / "no certificate").write_text("x")
        refused([*command, "--certificate", self.folder / "no certificate"], "消去証明書の検証用ファイルではありません")
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


class CopiesOnSqlite(Copies, unittest.TestCase):
    store = Sqlite


if Postgres.server():
    class CopiesOnPostgres(Copies, unittest.TestCase):
        store = Postgres

        def test_6_a_house_that_is_full_is_not_restored_into(self):
            self.back_up(self.house, "full")
            new = self.new_house("into-a-full-one")
            (new.data / "azukari.toml").write_text(self.house.store.settings, encoding="utf-8")
            said = self.run_azukari(*self.restore_command(new, "full", "full", "full"), code=1)
            self.assertIn("すでに表があります", said)
            self.assertFalse(self.house.store.is_empty())

        def test_7_a_copy_goes_from_one_kind_of_store_to_the_other_and_back(self):
            self.back_up(self.house, "of-postgres")
            file = self.new_house("in-a-file", Sqlite)
            self.run_azukari(*self.restore_command(file, *["of-postgres"] * 3))
            self.back_up(file, "of-sqlite")
            server = self.new_house("on-the-server-again")
            self.run_azukari(*self.restore_command(server, *["of-sqlite"] * 3))
            for house in (file, server):
                self.assertEqual(persons_in(house), persons_in(self.house))
                house.accounts = self.house.accounts
            server.start()
            reviewer = Visitor(server)
            reviewer.sign_in("reviewer")
            self.assertIn("控えから復元した", reviewer.get("/ledger").text)
            server.stop()
            self.assertEqual(server.store.rows("select count(*) from ledger_entry where act = 'backup.restored'"),
                             [("2",)])


if __name__ == "__main__":
    Copies.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
