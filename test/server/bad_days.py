#!/usr/bin/env python3
"""The real program on bad days: what a tired operator, a broken browser or a full disk does to it.

    bad_days.py AZUKARI

Each gets a sentence in Japanese and the right exit code or status, and nothing is lost.
"""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "test/server"))
from house import House, Visitor, free_port, work_directory  # noqa: E402

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
ENGLISH = re.compile(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+")  # three words in a row: somebody else's sentence

# A mount of our own needs a name space of our own.
OWN_MOUNTS = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--map-root-user", "--mount"]


def can_mount():
    return subprocess.run([*OWN_MOUNTS, "true"], check=False, capture_output=True).returncode == 0


class Days(unittest.TestCase):
    program = None
    folder = None

    @classmethod
    def setUpClass(cls):
        cls.folder = work_directory("bad-days")
        cls.first = House(cls.program, cls.folder / "first")
        cls.first.fill()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def copy(self):
        house = House(self.program, self.folder / self._testMethodName)
        shutil.copytree(self.first.data, house.data)
        return house

    def refused(self, command, words, typed=None, code=1, name="azukari: "):
        done = subprocess.run(command, check=False, capture_output=True, text=True, input=typed or "", timeout=60)
        said = done.stderr
        self.assertEqual(done.returncode, code, said)
        self.assertTrue(said.startswith(name), said)
        self.assertRegex(said, words)
        self.assertRegex(said, JAPANESE)
        self.assertNotRegex(re.sub(r"`[^`]*`|/\S+", "", said), ENGLISH)
        return said

    def serve(self, house, *more):
        return [self.program, "serve", "--data", house.data, "--listen", f"127.0.0.1:{house.port}", *more]


class Operator(Days):
    def test_a_folder_that_was_never_prepared_says_how_to_begin(self):
        self.refused([self.program, "serve", "--data", self.folder / "nothing"], "azukari init --data .*nothing")

    def test_a_missing_key_is_named(self):
        house = self.copy()
        (house.data / "root.key").unlink()
        self.refused(self.serve(house), "root.key がありません")

    def test_a_key_that_is_none_is_named(self):
        house = self.copy()
        (house.data / "root.key").write_bytes(b"0" * 32)
        self.refused(self.serve(house), "root.key は azukari の鍵ファイルではありません")

    def test_a_wrong_passphrase_opens_nothing_and_the_right_one_still_does(self):
        house = House(self.program, self.folder / "passphrase")
        house.data.mkdir()
        (house.data / "azukari.toml").write_text('[keys]\nguard = "passphrase"\n', encoding="utf-8")
        right = "架空の合言葉は とても長い その一\n"
        self.refused([self.program, "init", "--data", house.data], "二度入れた合言葉が違います", right + "別の合言葉\n")
        self.assertFalse((house.data / "keys").exists())
        subprocess.run([self.program, "init", "--data", house.data], check=True, input=right + right, text=True,
                       stdout=subprocess.DEVNULL)
        self.refused(self.serve(house), "合言葉", "架空の合言葉は とても長い その二\n")
        self.refused(self.serve(house), "合言葉", "")
        subprocess.run([self.program, "routes", "--data", house.data], check=True, input=right, text=True,
                       stdout=subprocess.DEVNULL)

    def test_a_port_in_use_is_named(self):
        house = self.copy()
        with socket.socket() as other:
            other.bind(("127.0.0.1", house.port))
            other.listen()
            self.refused(self.serve(house), f"{house.port}")

    def test_a_second_process_on_the_same_folder_is_refused_and_the_first_goes_on(self):
        house = self.copy()
        house.start()
        try:
            self.refused([self.program, "serve", "--data", house.data, "--listen", f"127.0.0.1:{free_port()}"],
                         "動いている別の azukari が使っています")
            self.refused([self.program, "demo", "--data", house.data], "すでにデータがあります")
            self.assertEqual(Visitor(house).get("/sign-in").status, 200)
        finally:
            house.stop()

    def test_settings_with_an_error_are_told_with_file_line_and_what_is_expected(self):
        house = self.copy()
        settings = house.data / "azukari.toml"
        for text, words in {'site = "localhost"\nport = "abc"\n': "azukari.toml の 2 行目.*1 から 65535 までの数",
                            "\n\nprot = 8600\n": "3 行目.*「prot」という設定はありません",
                            "site = localhost\n": "1 行目の書き方が正しくありません",
                            '[keys]\nguard = "magic"\n': "2 行目.*key_file、passphrase、pkcs11"}.items():
            settings.write_text(text, encoding="utf-8")
            self.refused(self.serve(house), words)

    def test_a_definition_with_an_error_is_told_with_file_line_and_what_is_expected(self):
        layout = self.folder / "layout"
        shutil.copytree(ROOT / "definitions/layouts/guidance", layout)
        file = layout / "recipients.toml"
        good = file.read_text(encoding="utf-8")
        sample = [self.program, "guidance", "sample", "--layout", layout, "--count", "3", "--output",
                  self.folder / "sample.csv"]
        subprocess.run(sample, check=True, stdout=subprocess.DEVNULL)
        lines = good.count("\n")
        file.write_text(good + "[[column\n", encoding="utf-8")
        self.refused(sample, f"recipients.toml:{lines + 1}行目.*引用符とかっこ", code=2, name="")
        file.write_text("nobody_knows_this = 1\n" + good, encoding="utf-8")
        self.refused(sample, "recipients.toml:1行目.*nobody_knows_this", code=2, name="")

    def test_a_mistyped_command_says_what_was_mistyped(self):
        self.refused([self.program], "何をするかを指定してください", code=2)
        self.refused([self.program, "serve", "--prot", "3"], "知らない指定があります: .*--prot", code=2)
        self.refused([self.program, "guidance", "sample"], "必要な指定がありません: --output", code=2)
        self.refused([self.program, "serve", "--data", self.first.data, "--listen", "8600"], "127.0.0.1:8600 の形")

    @unittest.skipUnless(can_mount(), "needs mounts of its own")
    def test_a_read_only_folder_is_told(self):
        house = self.copy()
        script = f'mount --bind "{house.data}" "{house.data}" && mount -o remount,ro,bind "{house.data}" && exec "$@"'
        self.refused([*OWN_MOUNTS, "sh", "-c", script, "sh", *map(str, self.serve(house))], "読み取り専用のディスク")

    @unittest.skipUnless(os.getuid() == 0, "needs another account to be")
    def test_a_folder_of_somebody_else_is_told(self):
        house = self.copy()
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        self.refused([*nobody, *map(str, self.serve(house))], "権限がありません")


class FullDisk(Days):
    """A server whose disk fills up under it, and is emptied again."""

    @unittest.skipUnless(can_mount(), "needs mounts of its own")
    def test_nothing_is_called_done_and_nothing_is_lost(self):
        house = House(self.program, self.folder / "small" / "data")
        house.data.parent.mkdir()
        house.words = self.folder / "small.log"
        script = (f'mount -t tmpfs -o size=8m tmpfs "{house.data.parent}" && cp -r "{self.first.data}" "{house.data}" && '
                  'exec "$@"')
        house.wrap = [*OWN_MOUNTS, "sh", "-c", script, "sh"]
        shutil.copy(self.first.data / "demo-accounts.json", self.folder / "demo-accounts.json")
        house.accounts = self.folder / "demo-accounts.json"
        house.start()
        try:
            # The server's own view of the disk.
            inside = pathlib.Path(f"/proc/{house.process.pid}/root") / house.data.parent.relative_to("/")
            officer = Visitor(house)
            officer.sign_in("ward_officer")
            path = next(link for link in officer.get("/entrustments").read().links
                        if re.fullmatch(r"/entrustments/[0-9a-f-]{36}", link)) + "/edit/outline"
            form = officer.get(path).form("/edit/outline")
            with open(inside / "ballast", "wb") as ballast, self.assertRaises(OSError):
                while True:
                    os.write(ballast.fileno(), b"\0" * 4096)
            answers = []
            for number in range(40):  # what is already allotted to the store is used up first
                fields = form.filled({"outline.subjects": f"架空の対象者 {number}" * 200, "reason": f"満杯 {number}"})
                answers.append(officer.post(path, fields))
                if answers[-1].status != 303:
                    break
                form = officer.get(path).form("/edit/outline")
            refused = answers[-1]
            self.assertEqual(refused.status, 507, "the disk never filled, or nobody was told")
            self.assertIn("ディスクに空きがありません", refused.text)
            self.assertEqual(officer.get("/entrustments").status, 200, "reading goes on")
            (inside / "ballast").unlink()
            done = officer.post(path, form.filled({"outline.subjects": "架空の対象者 空いた後", "reason": "空いた後"}))
            self.assertEqual(done.status, 303, done.text[-1500:])
            self.assertIn("架空の対象者 空いた後", officer.get(path).text)
        finally:
            house.stop()


class Requests(Days):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first.start()
        cls.officer, cls.reviewer = Visitor(cls.first), Visitor(cls.first)
        cls.officer.sign_in("ward_officer")
        cls.reviewer.sign_in("ward_reviewer")
        cls.entrustment = next(link for link in cls.officer.get("/entrustments").read().links
                               if re.fullmatch(r"/entrustments/[0-9a-f-]{36}", link))
        cls.edit = f"{cls.entrustment}/edit/outline"

    @classmethod
    def tearDownClass(cls):
        cls.first.stop()
        words = cls.first.words.read_text(encoding="utf-8")
        super().tearDownClass()
        if "incident" in words:
            raise AssertionError(f"a bad request became a fault of ours:\n{words}")

    def raw(self, data):
        with socket.create_connection(("127.0.0.1", self.first.port), timeout=20) as line:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            answer = b""
            while part := line.recv(65536):
                answer += part
        return answer.decode("utf-8", "replace")

    def page(self, answer, status):
        self.assertEqual(answer.status, status, answer.text[-800:])
        self.assertIn('<html lang="ja">', answer.text)
        self.assertRegex(answer.text, "<h1>[^<]*[ぁ-んァ-ヶ一-龠]")

    def test_what_is_no_request_is_answered_with_a_page(self):
        for request, status in {b"HELLO\r\n\r\n": 400, b"GET / HTTP/9.9\r\n\r\n": 400,
                                b"GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n": 400,
                                b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n": 400,
                                b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 200_000 + b"\r\n\r\n": 431}.items():
            answer = self.raw(request)
            self.assertRegex(answer.split("\r\n")[0], f"^HTTP/1.1 {status} ", request[:40])
            self.assertIn('<html lang="ja">', answer)

    def test_an_address_that_is_none_and_a_method_that_is_none(self):
        self.page(self.officer.get("/no-such-page"), 404)
        self.page(self.officer.get("/entrustments/not-an-id"), 404)
        self.page(self.officer.get("/ledger/entries/999999999999999999999999"), 404)
        self.page(self.officer.post("/entrustments", []), 405)
        self.assertIn(self.officer.ask("PROPFIND", "/").status, {405, 501})

    def test_what_is_too_large_is_told_with_the_limit(self):
        fields = self.officer.get(self.edit).form("/edit/outline").filled({"reason": "あ" * 150_000})
        answer = self.officer.post(self.edit, fields)
        self.page(answer, 413)
        self.assertIn("1 MB", answer.text)

    def test_a_form_in_another_encoding_is_refused_and_changes_nothing(self):
        before = self.officer.get(self.edit).form("/edit/outline").fields
        token = dict(before)["csrf"].encode()
        for body in (b"csrf=" + token + b"&reason=" + "理由".encode("cp932"),
                     b"csrf=" + token + b"&reason=%83%65%83%58", b"csrf=" + token + b"&reason=%C0%80"):
            answer = self.officer.ask("POST", self.edit, body, {"Content-Type": "application/x-www-form-urlencoded"})
            self.assertIn(answer.status, {400, 422}, answer.text[-500:])
            self.assertRegex(answer.text, JAPANESE)
        self.assertEqual(self.officer.get(self.edit).form("/edit/outline").fields, before)

    def test_a_form_with_fields_nobody_asked_for_or_without_any(self):
        form = self.officer.get(self.edit).form("/edit/outline")
        missing = self.officer.post(self.edit, [("csrf", self.officer.csrf)])
        self.assertIn(missing.status, {400, 409, 422})
        self.assertRegex(missing.text, "<h1>[^<]*[ぁ-ん]")
        strange = self.officer.post(self.edit, form.filled({"reason": ""}) + [("state", "9"), ("outline", "x")])
        self.assertEqual(strange.status, 422)
        self.assertRegex(strange.text, "変更の理由")

    def test_a_broken_upload_is_refused(self):
        for kind in ("multipart/form-data", "multipart/form-data; boundary=a", "text/xml", "application/json"):
            answer = self.officer.ask("POST", self.edit, b"--b\r\nnothing of the kind", {"Content-Type": kind})
            self.assertIn(answer.status, {400, 403, 415, 422}, kind)
            self.assertRegex(answer.text, JAPANESE)

    def test_two_people_edit_the_same_version_and_neither_loses_a_word(self):
        mine = self.officer.get(self.edit).form("/edit/outline")
        theirs = self.reviewer.get(self.edit).form("/edit/outline")
        first = self.officer.post(self.edit, mine.filled({"outline.subjects": "先の人の言葉", "reason": "先の人"}))
        self.assertEqual(first.status, 303)
        second = self.reviewer.post(self.edit, theirs.filled({"outline.subjects": "後の人の言葉", "reason": "後の人"}))
        self.assertEqual(second.status, 409)
        self.assertIn("ほかの人が先に変更しました", second.text)
        self.assertIn("後の人の言葉", second.text)
        self.assertIn("先の人の言葉", self.reviewer.get(self.edit).text)


if __name__ == "__main__":
    Days.program = str(pathlib.Path(sys.argv[1]).resolve())
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
