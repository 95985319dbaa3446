#!/usr/bin/env python3
"""What is put into a package through the real pages: hostile archives, too much, and what leaves again [K44] [K51].

    packages.py AZUKARI

Whatever is refused gets a sentence in Japanese that says which file and why, and leaves nothing in the store.
"""
import contextlib
import hashlib
import html
import io
import os
import pathlib
import re
import shutil
import sqlite3
import struct
import sys
import unittest
import warnings
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src/access/model"), str(ROOT / "test/server")]
from house import House, Visitor, work_directory  # noqa: E402
from matrix import Store  # noqa: E402
from matrix_town import done, own_entrustment, send  # noqa: E402

MB = 1 << 20


def archive(*members, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", method) as out:
        warnings.simplefilter("ignore")  # the same name twice is what is wanted
        for name, content in members:
            out.writestr(zipfile.ZipInfo(name), content, method)
    return made.getvalue()


def document(*more):
    """As Excel writes them, as far as a reader of ZIPs can tell."""
    return archive(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", "<workbook>見本</workbook>".encode()), *more)


def patched(content, mark, offset, number):
    """One 32-bit number of the first header with this mark, changed."""
    at = content.rindex(mark) + offset
    return content[:at] + struct.pack("<I", number) + content[at + 4:]


def promising_less():
    """Directory and header agree on a hundred bytes; what is packed goes on to 64 MB."""
    made = archive(("xl/sheet.xml", b"\0" * (64 * MB)))
    return patched(patched(made, b"PK\x01\x02", 24, 100), b"PK\x03\x04", 22, 100)


def hostile():
    """Name, content, and what the page must say beside the file's name."""
    bomb = archive(("a.csv", b"\0" * (64 * MB)))
    sound = document()
    return [
        ("爆弾.xlsx", document(("xl/sheet.xml", b"\0" * (64 * MB))), "圧縮率が異常に高い"),
        ("入れ子の爆弾.xlsx", document(("xl/media/inner.zip", bomb)), "ZIPの中に入った別の圧縮ファイル"),
        ("約束より多い.xlsx", promising_less(), "壊れています"),
        ("外へ出る.xlsx", document(("../../../etc/cron.d/azukari", b"x")), "取り出し先を変えるおそれのある名前"),
        ("ドライブ.xlsx", document(("C:\\Windows\\x.dll", b"x")), "取り出し先を変えるおそれのある名前"),
        ("目次の嘘.xlsx", patched(sound, b"PK\x01\x02", 42, 0), "目次と中身が合いません"),
        ("大きさの嘘.xlsx", patched(sound, b"PK\x01\x02", 24, 7), "目次と中身が合いません"),
        ("二つの名前.xlsx", document(("xl/workbook.xml", b"x")), "ZIPの中に2つあります"),
        ("途中まで.xlsx", sound[:len(sound) // 2], "途中で切れているか、壊れています"),
        ("尻切れ.xlsx", sound[:-5], "途中で切れているか、壊れています"),
        ("前に何か.xlsx", b"MZ\x90\0" + sound, "目次と中身が合いません"),
        ("爆弾.zip", bomb, "圧縮ファイルです"),
        ("名前だけ.csv", bomb, "圧縮ファイルです"),
        ("書庫.7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 64, "圧縮ファイルです"),
        ("書庫.rar", b"Rar!\x1a\x07\0" + b"\0" * 64, "圧縮ファイルです"),
        ("まとめ.tar.gz", b"\x1f\x8b\x08" + b"\0" * 64, "圧縮ファイルです"),
        ("空.csv", b"", "空のファイルです"),
    ]


class Packages(unittest.TestCase):
    program = None

    @classmethod
    def setUpClass(cls):
        cls.folder = work_directory("packages")
        cls.house = House(cls.program, cls.folder / "house")
        cls.house.fill()
        cls.here = f"/entrustments/{own_entrustment(cls.house)}"
        cls.house.start()
        cls.people = {}
        for login in ("officer", "handler", "supervisor", "security"):
            cls.people[login] = Visitor(cls.house)
            cls.people[login].sign_in(login)

    @classmethod
    def tearDownClass(cls):
        cls.house.stop()
        words = cls.house.words.read_text(encoding="utf-8")
        shutil.rmtree(cls.folder)
        if "incident" in words:
            raise AssertionError(f"a file became a fault of ours:\n{words}")

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def pack(self, login, name, content):
        visitor = self.people[login]
        form = done(visitor.get(f"{self.here}/custody/packages/new"), 200).form("/packages/new")
        return visitor.upload(form.action, form.filled({"title": "実施結果", "persons": "12"}), "files",
                              self.file(name, content))

    @contextlib.contextmanager
    def nothing_stored(self):
        store = Store(self.house)
        before = store.content()
        yield
        after = store.content()
        store.close()
        self.assertEqual([table for table in before if before[table] != after[table]], [])

    def refused(self, answer, words, status=422):
        text = html.unescape(answer.text)
        self.assertEqual(answer.status, status, text[-1500:])
        for said in words:
            self.assertIn(said, text)
        self.assertNotRegex(re.sub(r"<[^>]*>", "", text.split("<main", 1)[1]), r"[a-z]+ [a-z]+ [a-z]+ [a-z]+")

    def test_hostile_archives_are_refused_on_either_side_and_leave_nothing(self):
        for login in ("handler", "officer"):
            for name, content, words in hostile():
                with self.subTest(login=login, name=name), self.nothing_stored():
                    self.refused(self.pack(login, name, content), [f"「{name}」", words])

    def test_they_are_refused_by_the_other_pages_that_take_files_in(self):
        officer, handler = self.people["officer"], self.people["handler"]
        send(officer, f"{self.here}/custody/rooms", "/rooms", {"name": "書庫", "opens": "8:30", "closes": "18:00"})
        room = next(link for link in officer.get(f"{self.here}/custody/rooms").read().links if "/rooms/" in link)
        for visitor, page, action in ((handler, f"{self.here}/guidance/intake", "/guidance/intake"),
                                      (officer, room, "/list")):
            for name, content, _ in hostile():
                with self.subTest(page=action, name=name), self.nothing_stored():
                    form = done(visitor.get(page), 200).form(action)
                    answer = visitor.upload(form.action, form.fields, "file", self.file(name, content))
                    self.refused(answer, ["入力", "。"])

    def test_what_is_too_large_is_told_with_the_limit_before_anything_is_stored(self):
        form = self.people["handler"].get(f"{self.here}/custody/packages/new")
        self.assertIn("すべて合わせて 32 MB まで", form.text)
        with self.nothing_stored():
            self.refused(self.pack("handler", "多い.csv", b"a" * (33 * MB)), ["33 MB", "合計 32 MB まで"])
            self.refused(self.pack("officer", "多い.csv", b"a" * (33 * MB)), ["33 MB", "合計 32 MB まで"])
            self.refused(self.pack("handler", "多すぎる.csv", b"a" * (65 * MB)), ["ファイルが大きすぎます", "何も保存していません"], 413)

    def test_what_waits_in_an_entrustment_has_a_limit_that_is_told(self):
        asked = done(self.pack("handler", "一.csv", b"1\r\n")).headers["Location"].split("?")[0]
        self.sql("update custody_package_request set size_bytes = ? where password is not null", 256 * MB - 100)
        page = self.people["handler"].get(f"{self.here}/custody/packages/new")
        self.assertIn("合計 256 MB まで預かります（いま 256 MB）", page.text)
        with self.nothing_stored():
            self.refused(self.pack("handler", "二.csv", b"2\r\n"), ["合計 256 MB の上限", "取り下げて"])
        handler = self.people["handler"]
        question = done(handler.get(f"{asked}/withdrawal"), 200)
        self.assertIn("預けたファイルは、いますぐ消えます", question.text)
        form = question.form("/withdrawal")
        done(handler.post(form.action, form.fields))
        second = done(self.pack("handler", "二.csv", b"2\r\n")).headers["Location"].split("?")[0]
        done(handler.post(f"{second}/withdrawal", form.fields))

    def sql(self, statement, *values):
        """Done to the store at rest: nobody else may write while the house is open."""
        self.house.stop()
        with contextlib.closing(sqlite3.connect(self.house.data / "store/azukari.db")) as db, db:
            db.execute(statement, values)
        self.house.start()

    def agree(self, login, request, name, content):
        visitor = self.people[login]
        page = done(visitor.get(f"{request}/agreement"), 200)
        look = next(form for form in page.read().forms if "/files/" in form.action)
        opened = done(visitor.post(look.action, look.fields), 200)
        self.assertEqual(opened.body, content, f"{name} as {login} sees it")
        form = next(form for form in page.read().forms
                    if form.action.endswith("/agreement") and "answer" not in dict(form.fields))
        done(visitor.post(form.action, form.fields))

    def test_a_large_document_is_looked_into_and_leaves_whole_in_parts(self):
        content = document(("xl/media/picture.png", os.urandom(20 * MB)))
        request = done(self.pack("handler", "結果.xlsx", content)).headers["Location"].split("?")[0]
        for login in ("security", "supervisor"):
            self.agree(login, request, "結果.xlsx", content)
        handler = self.people["handler"]
        told = re.search(r"[0-9a-f]{64}", handler.get(request).text)[0]
        form = done(handler.get(f"{request}/taking"), 200).form("/taking")
        before = self.house.resident_kib()
        taken = done(handler.post(form.action, form.fields), 200)
        grown = self.house.resident_kib() - before
        self.assertEqual(taken.headers["Transfer-Encoding"], "chunked")
        self.assertEqual(hashlib.sha256(taken.body).hexdigest(), told)
        self.assertEqual([member.filename for member in zipfile.ZipFile(io.BytesIO(taken.body)).infolist()][1:],
                         ["結果.xlsx"])
        with contextlib.closing(sqlite3.connect(self.house.data / "store/azukari.db")) as db:
            left = db.execute("select count(*) from custody_package_request_part").fetchall()
        self.assertEqual(left, [(0,)])
        self.assertEqual(handler.post(form.action, form.fields).status, 404, "once")
        print(f"taking a package of {len(taken.body) // MB} MB: {grown / 1024:.1f} MB more in memory", file=sys.stderr)
        self.assertIn("まだ外にある", handler.get(f"{self.here}/custody/copies").text)


if __name__ == "__main__":
    Packages.program = str(pathlib.Path(sys.argv[1]).resolve())
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
