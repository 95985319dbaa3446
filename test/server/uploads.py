#!/usr/bin/env python3
"""Files that are far too large, and files that are taken back, at the real program.

    uploads.py AZUKARI

Two gigabytes really go over the line; whoever sent them finds their words again, and the server has not grown. Of a file
that was withdrawn, not a byte is left in the store's files.
"""
import contextlib
import pathlib
import re
import shutil
import socket
import sqlite3
import sys
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "test/server"))
from house import FormReader, House, Visitor, work_directory  # noqa: E402
from matrix_town import picture  # noqa: E402

TWO_GIGABYTES = 2 << 30
MARK = "----azukari-large"
GREW_AT_MOST_KIB = 8 * 1024


def beginning(fields, name):
    """What a browser sends before the bytes of the file."""
    parts = [f'--{MARK}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
             for field, value in fields if field != name]
    return ("".join(parts) + f'--{MARK}\r\nContent-Disposition: form-data; name="{name}"; filename="large.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n").encode()


class Uploads(unittest.TestCase):
    program = None

    @classmethod
    def setUpClass(cls):
        cls.folder = work_directory("uploads")
        cls.house = House(cls.program, cls.folder / "data")
        cls.house.fill()
        cls.house.start()
        cls.handler = Visitor(cls.house)
        cls.handler.sign_in("course-handler")
        cls.entrustment = next(link for link in cls.handler.get("/entrustments").read().links
                               if re.fullmatch(r"/entrustments/[0-9a-f-]{36}", link)
                               and cls.handler.get(f"{link}/persons").status == 200)
        cls.person = next(link for link in cls.handler.get(f"{cls.entrustment}/persons").read().links
                          if re.fullmatch(r".*/persons/[0-9a-f-]{36}", link))

    @classmethod
    def tearDownClass(cls):
        cls.house.leave_nothing_running()
        shutil.rmtree(cls.folder)

    def line(self, visitor, path, length):
        """A connection on which a post of that length is announced."""
        line = socket.create_connection(("127.0.0.1", self.house.port), timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        line.sendall((f"POST {path} HTTP/1.1\r\nHost: localhost:{self.house.port}\r\nCookie: {cookies}\r\n"
                      f"Origin: http://localhost:{self.house.port}\r\nSec-Fetch-Site: same-origin\r\n"
                      f"Content-Type: multipart/form-data; boundary={MARK}\r\nContent-Length: {length}\r\n\r\n").encode())
        return line

    def send_large(self, visitor, path, fields, size=TWO_GIGABYTES):
        """Sends it all, then reads: the status, the page, and how much the server had grown at most (KiB)."""
        before, most, done = self.house.resident_kib(), 0, threading.Event()

        def watch():
            nonlocal most
            while not done.wait(0.02):
                most = max(most, self.house.resident_kib())

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            head = beginning(fields, "file")
            with self.line(visitor, path, len(head) + size) as line, tempfile.TemporaryFile(dir=self.folder) as sparse:
                line.sendall(head)
                sparse.truncate(size)
                self.assertEqual(line.sendfile(sparse), size, "the server hung up before it was all sent")
                answer = b""
                while part := line.recv(65536):
                    answer += part
        finally:
            done.set()
            watcher.join()
        self.assertGreater(most, 0)
        head, _, page = answer.decode("utf-8").partition("\r\n\r\n")
        return int(head.split()[1]), page, most - before

    def kept(self, page, action):
        reader = FormReader()
        reader.feed(page)
        return dict(next(form for form in reader.forms if form.action.endswith(action)).fields)

    def test_two_gigabytes_to_a_person_leave_the_form_as_it_was_filled_in(self):
        form = self.handler.get(f"{self.person}/attachments").form("/attachments")
        fields = form.filled({"paper": "survey", "purpose": "course_operation"})
        self.send_large(self.handler, form.action, fields, 64 << 20)  # whatever is made once is made
        status, page, grew = self.send_large(self.handler, form.action, fields)
        self.assertEqual(status, 413)
        self.assertIn("ファイルが大きすぎます（32MBまで）", page)
        kept = self.kept(page, "/attachments")
        self.assertEqual((kept["paper"], kept["purpose"]), ("survey", "course_operation"))
        self.assertLess(grew, GREW_AT_MOST_KIB)
        print(f"2 GiB to the attachments: the server grew by {grew} KiB")

    def test_two_gigabytes_to_the_letters_leave_the_choices_as_they_were_made(self):
        visitor = Visitor(self.house)
        visitor.sign_in("handler")
        work = next(link for link in visitor.get("/entrustments").read().links
                    if re.fullmatch(r"/entrustments/[0-9a-f-]{36}", link)
                    and visitor.get(f"{link}/guidance/intake").status == 200)
        form = visitor.get(f"{work}/guidance/intake").form("/intake")
        fields = form.filled({"bad_rows": "set-aside", "undeclared": "drop"})
        status, page, grew = self.send_large(visitor, form.action, fields)
        self.assertEqual(status, 413)
        self.assertIn("64MB まで", page)
        kept = self.kept(page, "/intake")
        self.assertEqual((kept["bad_rows"], kept["undeclared"]), ("set-aside", "drop"))
        self.assertLess(grew, GREW_AT_MOST_KIB)
        print(f"2 GiB to the letters: the server grew by {grew} KiB")

    def test_others_are_served_while_somebody_sends_too_much(self):
        with self.line(self.handler, f"{self.person}/attachments", TWO_GIGABYTES) as line:
            line.sendall(b"x" * (8 << 20))
            began = time.monotonic()
            self.assertEqual(self.handler.get("/").status, 200)
            self.assertLess(time.monotonic() - began, 2)

    def test_of_a_withdrawn_file_nothing_is_left_in_the_files_of_the_store(self):
        file = self.folder / "wrong.png"
        file.write_bytes(picture() + b"\0" * 600_000)
        form = self.handler.get(f"{self.person}/attachments").form("/attachments")
        done = self.handler.upload(form.action, form.filled({"paper": "letter", "purpose": "course_operation"}), "file", file)
        self.assertEqual(done.status, 303, done.text[-1000:])
        store = self.house.data / "store/azukari.db"
        with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
            sealed = [piece for (piece,) in db.execute("select sealed from vault_attachment_piece order by number")]
            sealed += [name for (name,) in db.execute("select sealed from vault_attachment")]
        self.assertGreater(len(sealed), 3)
        # A row's content may be scattered over pages: a hundred bytes from the middle stand together.
        marks = [piece[len(piece) // 2:][:100] for piece in sealed]
        self.assertTrue(all(self.stands_in_files(mark) for mark in marks), "the search finds what is there")
        place = next(link for link in self.handler.get(self.person).read().links if re.search(r"/attachments/[0-9a-f-]{36}$", link))
        form = self.handler.get(f"{place}/withdrawal").form("/withdrawal")
        done = self.handler.post(form.action, form.filled({"cause": "other_person", "words": "取り違え"}))
        self.assertEqual(done.status, 303, done.text[-1000:])
        self.assertFalse(any(self.stands_in_files(mark) for mark in marks))
        page = self.handler.get(self.person).text
        self.assertIn("取下げ済み", page)
        self.assertIn("別の方の書類だった", page)

    def stands_in_files(self, mark):
        return any(mark in path.read_bytes() for path in (self.house.data / "store").iterdir() if path.is_file())


if __name__ == "__main__":
    Uploads.program = str(pathlib.Path(sys.argv[1]).resolve())
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
