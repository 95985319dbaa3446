#!/usr/bin/env python3
"""Coming back when what guarded the keys is lost, or is no file: a passphrase, a cryptographic device, recovery shares.

    restoring.py AZUKARI [TEST…]

Each house keeps somebody, is copied while it works, and loses its machine or its guard. What comes back opens what was
kept, through the pages; whoever has the wrong share, passphrase or PIN is told so, and nothing half-made stays.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "test/server"))
from house import House, Visitor, work_directory  # noqa: E402
from matrix_town import done, own_entrustment, send  # noqa: E402

KEPT = "架空 戻三郎"
PARTS = ("data", "keys", "ledger")
SHARE = re.compile(r"預かり復旧 \d/3\n(?:\d: .+\n){4}")
PASSPHRASE = "架空の合言葉は とても長い その一\n"
OTHER_PASSPHRASE = "架空の合言葉は とても長い その二\n"
BY_PASSPHRASE = '[keys]\nguard = "passphrase"\n'
SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "246810\n"


def by_device(key="azukari root"):
    return (f'[keys]\nguard = "pkcs11"\npkcs11_module = "{SOFTHSM}"\npkcs11_token = "azukari"\n'
            f'pkcs11_key = "{key}"\n')


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Restoring(unittest.TestCase):
    program = None
    folder = None
    a_house = None  # that a key file guards, with its shares and the page of whom it keeps

    @classmethod
    def setUpClass(cls):
        cls.folder = work_directory("restoring")
        cls.addClassCleanup(shutil.rmtree, cls.folder)

    def house_with_key_file(self):
        if Restoring.a_house is None:
            first = self.new_house("first")
            first.fill()
            Restoring.a_house = (first, *self.keep_and_copy(first))
        return Restoring.a_house

    def run_azukari(self, *words, code=0, typed=""):
        ran = subprocess.run([self.program, *map(str, words)], check=False, capture_output=True, text=True, input=typed,
                             timeout=120)
        self.assertEqual(ran.returncode, code, ran.stdout + ran.stderr)
        return ran.stdout + ran.stderr

    def new_house(self, name, settings="", typed=""):
        house = House(self.program, self.folder / f"{self._testMethodName[5:30]} {name}")
        house.prepare(settings)
        house.typed = typed
        self.addCleanup(house.leave_nothing_running)
        return house

    def shares_of(self, house):
        shares = SHARE.findall(self.run_azukari("keystore", "shares", "--data", house.data, typed=house.typed))
        self.assertEqual(len(shares), 3)
        return shares

    def keep_and_copy(self, house):
        """Somebody is kept, the house is copied while it works. Its shares, and where that person's page is."""
        entrustment = own_entrustment(house)
        shares = self.shares_of(house)
        house.start()
        visitors = {login: Visitor(house) for login in ("officer", "handler")}
        for login, visitor in visitors.items():
            visitor.sign_in(login)
        here = f"/entrustments/{entrustment}"
        send(visitors["officer"], f"{here}/purposes", "/purposes", {"name": "通知の発送", "code": "letters"})
        send(visitors["officer"], f"{here}/purposes/texts/new", "/texts/new",
             {"title": "説明", "text": "見本の文。", "kind": "purpose"})
        made = send(visitors["handler"], f"{here}/persons/new", "/persons/new",
                    {"item.name": KEPT, "channel": "counter", "purpose": "letters", "reason": "受付"})
        copies = house.data.with_suffix(".copies")
        for part in PARTS:
            (copies / part).mkdir(parents=True)
        self.run_azukari("backup", "--data", house.data,
                         *(word for part in PARTS for word in (f"--{part}-to", copies / part)))
        house.stop()
        return shares, made.headers["Location"].split("?")[0]

    @staticmethod
    def from_copies_of(first):
        copies = first.data.with_suffix(".copies")
        return [word for part in PARTS for word in (f"--{part}-from", copies / part)]

    def restore_words(self, house, first, *more):
        return ["restore", "--data", house.data, *self.from_copies_of(first), *more]

    def refused(self, house, first, sentence, *more, typed=""):
        before = contents(house.data)
        said = self.run_azukari(*self.restore_words(house, first, *more), code=1, typed=typed)
        self.assertRegex(said, sentence if isinstance(sentence, re.Pattern) else re.escape(sentence))
        self.assertEqual(contents(house.data), before)
        self.assertNotIn(KEPT, said)

    def refuse_wrong_shares(self, house, first, shares, typed_after=""):
        """All the ways in which two holders' papers can be wrong."""
        def with_shares(sentence, *typed):
            self.refused(house, first, sentence, "--shares",
                         typed="".join(share + "\n" for share in typed) + typed_after)

        lines = shares[2].splitlines()
        lines[3] = lines[3][:3] + ("0" if lines[3][3] != "0" else "1") + lines[3][4:]
        with_shares("復旧用の控え 1/3 が二度入力されています", shares[0], shares[0])
        # A line's own check letter lets one mistake in some thirty pass; then the check over the whole paper tells.
        with_shares(re.compile("復旧用の控え 3/3 (の3行目)?に打ち間違いがあります"), shares[0], "\n".join(lines) + "\n")
        for typed in ("", shares[0]):
            self.refused(house, first, "復旧用の控えが2枚要ります", "--shares", typed=typed)
        foreign = self.new_house("foreign")
        self.run_azukari("init", "--data", foreign.data)
        others = self.shares_of(foreign)
        with_shares("復旧用の控えの組が違います", shares[0], others[1])
        with_shares("この鍵の保管庫のものではありません", others[0], others[1])

    def find_again(self, house, before, page):
        """Whoever signs in there opens what was kept."""
        house.accounts = before.accounts
        house.start()
        supervisor = Visitor(house)
        supervisor.sign_in("supervisor")  # who used no code before the copy
        self.assertNotIn(KEPT, done(supervisor.get(page), 200).text)
        form = supervisor.get(page).form("/reveal")
        opened = done(supervisor.post(form.action, form.filled({"purpose": "letters", "reason": "確認"})), 200)
        self.assertIn(KEPT, opened.text)
        self.assertIn("控えから復元した", done(supervisor.get("/ledger"), 200).text)
        house.stop()

    def test_two_of_three_shares_bring_a_house_back_whose_key_file_is_lost(self):
        first, shares, page = self.house_with_key_file()
        new = self.new_house("new", "port = 8600\n")
        self.refused(new, first, "root.key がありません")
        self.refuse_wrong_shares(new, first, shares)
        two = shares[2] + "\n" + shares[0] + "\n"
        # Told when the keys are guarded anew already: the new key file goes again.
        self.refused(new, first, "消去証明書の検証用ファイルではありません", "--shares", "--certificate", new.data / "azukari.toml",
                     typed=two)
        (new.data / "root.key").write_bytes(b"found somewhere")
        self.refused(new, first, "root.key は既にあります", "--shares", typed=two)
        (new.data / "root.key").unlink()

        told = self.run_azukari(*self.restore_words(new, first, "--shares"), typed=two)
        fresh = SHARE.findall(told)
        self.assertEqual(len(fresh), 3)
        self.assertEqual((new.data / "root.key").stat().st_mode & 0o777, 0o400)
        self.assertEqual({path.name for path in new.data.iterdir()} & {"restoring", "restoring-new-guard", "opening"}, set())
        self.find_again(new, first, page)

        # The papers of before are void, the new ones are not.
        (new.data / "root.key").unlink()
        said = self.run_azukari("keystore", "recover", "--data", new.data, code=1, typed=two)
        self.assertIn("この鍵の保管庫のものではありません", said)
        self.assertFalse((new.data / "root.key").exists())
        self.run_azukari("keystore", "recover", "--data", new.data, typed=fresh[0] + "\n" + fresh[1] + "\n")
        new.start()
        new.stop()

    def test_a_restoring_with_shares_that_was_cut_off_is_done_by_the_same_command(self):
        first, shares, page = self.house_with_key_file()
        new = self.new_house("new")
        typed = shares[0] + "\n" + shares[1] + "\n"
        cut_off = 0
        for awaited in ("restoring-new-guard", "root.key", "opening", "destructions"):
            process = subprocess.Popen([self.program, *map(str, self.restore_words(new, first, "--shares"))], text=True,
                                       stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            process.stdin.write(typed)
            process.stdin.close()
            patience = time.monotonic() + 30
            while process.poll() is None and time.monotonic() < patience and not (new.data / awaited).exists():
                time.sleep(0.0005)
            process.kill()
            process.wait()
            if not (new.data / "restoring").exists():  # it was quicker than the kill
                shutil.rmtree(new.data)
                new.prepare()
                continue
            cut_off += 1
            said = self.run_azukari("serve", "--data", new.data, "--listen", f"127.0.0.1:{new.port}", code=1)
            self.assertIn("復元が、途中で止まっています", said)
            said = self.run_azukari("init", "--data", new.data, code=1)
            self.assertIn("復元が、途中で止まっています", said)
        self.assertGreater(cut_off, 1)
        self.run_azukari(*self.restore_words(new, first, "--shares"), typed=typed)
        self.find_again(new, first, page)

    def test_a_key_that_somebody_found_is_never_taken_for_one_of_an_interrupted_restoring(self):
        first, shares, page = self.house_with_key_file()
        new = self.new_house("new")
        process = subprocess.Popen([self.program, *map(str, self.restore_words(new, first, "--shares"))], text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        process.stdin.write(shares[0] + "\n" + shares[1] + "\n")
        process.stdin.close()
        while process.poll() is None and not (new.data / "restoring-new-guard").exists():
            time.sleep(0.0005)
        process.kill()
        process.wait()
        self.assertTrue((new.data / "restoring").exists())
        (new.data / "root.key").unlink(missing_ok=True)
        shutil.copy(first.data / "root.key", new.data)
        said = self.run_azukari(*self.restore_words(new, first, "--shares"), code=1,
                                typed=shares[0] + "\n" + shares[1] + "\n")
        self.assertIn("root.key は既にあります", said)
        self.assertEqual((new.data / "root.key").read_bytes(), (first.data / "root.key").read_bytes())
        self.run_azukari(*self.restore_words(new, first))
        self.find_again(new, first, page)

    def test_a_house_that_a_passphrase_guards_comes_back_by_it_or_by_shares_and_a_new_one(self):
        first = self.new_house("first", BY_PASSPHRASE, PASSPHRASE)
        self.assertIn("合言葉は15文字以上", self.run_azukari("demo", "--data", first.data, code=1, typed="短い\n短い\n"))
        self.run_azukari("demo", "--data", first.data, typed=PASSPHRASE * 2)
        shares, page = self.keep_and_copy(first)

        new = self.new_house("new", BY_PASSPHRASE, PASSPHRASE)
        self.refused(new, first, "合言葉が違います", typed=OTHER_PASSPHRASE)
        self.refused(new, first, "合言葉が違います")
        self.run_azukari(*self.restore_words(new, first), typed=PASSPHRASE)
        self.find_again(new, first, page)
        told = self.run_azukari("drill", "--data", new.data, *self.from_copies_of(first), typed=PASSPHRASE)
        self.assertIn("復元できます", told)

        forgotten = self.new_house("forgotten", BY_PASSPHRASE, OTHER_PASSPHRASE)
        self.refuse_wrong_shares(forgotten, first, shares, OTHER_PASSPHRASE * 2)
        two = shares[0] + "\n" + shares[2] + "\n"
        self.refused(forgotten, first, "合言葉は15文字以上", "--shares", typed=two + "短い\n短い\n")
        self.refused(forgotten, first, "二度入れた合言葉が違います", "--shares", typed=two + OTHER_PASSPHRASE + PASSPHRASE)
        told = self.run_azukari(*self.restore_words(forgotten, first, "--shares"), typed=two + OTHER_PASSPHRASE * 2)
        self.assertEqual(len(SHARE.findall(told)), 3)
        self.find_again(forgotten, first, page)
        said = self.run_azukari("serve", "--data", forgotten.data, code=1, typed=PASSPHRASE)
        self.assertIn("合言葉が違います", said)

    # A token of SoftHSM's, in a folder of its own, is the device from here on.
    def plug_in(self, name, made=True):
        tokens = self.folder / name / "tokens"
        tokens.mkdir(parents=True, exist_ok=True)
        settings = self.folder / name / "softhsm2.conf"
        settings.write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n", encoding="utf-8")
        os.environ["SOFTHSM2_CONF"] = str(settings)
        if made:
            subprocess.run(["softhsm2-util", "--init-token", "--free", "--label", "azukari", "--so-pin", "12345678",
                            "--pin", PIN.strip()], check=True, stdout=subprocess.DEVNULL)

    def keys_in_device(self):
        listed = subprocess.run(["pkcs11-tool", "--module", SOFTHSM, "--token-label", "azukari", "--login", "--pin",
                                 PIN.strip(), "--list-objects", "--type", "secrkey"], check=True, capture_output=True,
                                text=True).stdout
        return re.findall(r"label: +(.+)", listed)

    def test_a_house_that_a_device_guards_comes_back_by_it_or_by_shares_and_a_new_one(self):
        self.addCleanup(os.environ.pop, "SOFTHSM2_CONF", None)
        self.plug_in("device")
        first = self.new_house("first", by_device(), PIN)
        self.run_azukari("demo", "--data", first.data, typed=PIN)
        shares, page = self.keep_and_copy(first)
        self.assertEqual(self.keys_in_device(), ["azukari root"])
        # Its key is nobody else's: another house begun with the same name would have destroyed it.
        second = self.new_house("second", by_device(), PIN)
        said = self.run_azukari("init", "--data", second.data, code=1, typed=PIN)
        self.assertIn("「azukari root」という名前の鍵が既にあります", said)
        self.assertEqual(self.keys_in_device(), ["azukari root"])

        new = self.new_house("new", by_device(), PIN)
        self.refused(new, first, "暗号装置の暗証番号が違います", typed="135791\n")
        self.refused(self.new_house("misnamed", by_device("another")), first, "「another」という名前の鍵がありません", typed=PIN)
        self.run_azukari(*self.restore_words(new, first), typed=PIN)
        self.find_again(new, first, page)
        told = self.run_azukari("drill", "--data", new.data, *self.from_copies_of(first), typed=PIN)
        self.assertIn("復元できます", told)
        self.assertEqual(self.keys_in_device(), ["azukari root"])

        self.plug_in("nothing", made=False)
        bereft = self.new_house("bereft", by_device(), PIN)
        self.refused(bereft, first, "「azukari」という名前の区画が見つかりません", typed=PIN)
        self.plug_in("new device")
        self.refused(bereft, first, "「azukari root」という名前の鍵がありません", typed=PIN)
        self.refuse_wrong_shares(bereft, first, shares, PIN)
        two = shares[1] + "\n" + shares[2] + "\n"
        self.refused(bereft, first, "暗号装置の暗証番号が違います", "--shares", typed=two + "135791\n")
        self.refused(bereft, first, "消去証明書の検証用ファイルではありません", "--shares", "--certificate",
                     bereft.data / "azukari.toml", typed=two + PIN)
        self.assertEqual(self.keys_in_device(), [])
        told = self.run_azukari(*self.restore_words(bereft, first, "--shares"), typed=two + PIN)
        self.assertEqual(len(SHARE.findall(told)), 3)
        self.assertEqual(self.keys_in_device(), ["azukari root"])
        self.find_again(bereft, first, page)


if __name__ == "__main__":
    Restoring.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
