"""The real server on a demonstration of its own, and somebody who speaks HTTP to it without a browser."""
import contextlib
import html.parser
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.parse

from stores import Sqlite

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from demo_accounts import one_time_code  # noqa: E402


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    """One data directory; the server may be started, killed and started again on the same port."""

    def __init__(self, program, data, store=Sqlite):
        self.program, self.data, self.port, self.process = str(program), pathlib.Path(data), free_port(), None
        self.words = self.data.parent / f"{self.data.name}.log"
        self.accounts = self.data / "demo-accounts.json"
        self.wrap = []  # a command that starts the server in surroundings of its own
        self.store = store(self.data)
        self.typed = ""  # at every start: a passphrase, a PIN

    def prepare(self, settings=""):
        """The folder with the settings, nothing else."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        if settings or self.store.settings:
            (self.data / "azukari.toml").write_text(self.store.settings + settings, encoding="utf-8")

    def fill(self):
        subprocess.run([self.program, "demo", "--data", self.data], check=True, stdout=subprocess.DEVNULL)

    def account(self, who):
        """By login, or the first who holds the role."""
        accounts = json.loads(self.accounts.read_text(encoding="utf-8"))
        return next(account for key in ("login", "role") for account in accounts if account[key] == who)

    def start(self, patience=20.0):
        """Returns the seconds from the start of the process to the first page."""
        began = time.monotonic()
        with open(self.words, "ab") as words:
            self.process = subprocess.Popen([*self.wrap, self.program, "serve", "--data", self.data, "--listen",
                                             f"127.0.0.1:{self.port}"], stdout=words, stderr=words,
                                            stdin=subprocess.PIPE, text=True)
        with contextlib.suppress(BrokenPipeError):  # whoever refuses before it asks; what it said follows
            self.process.stdin.write(self.typed)
            self.process.stdin.close()
        while time.monotonic() - began < patience:
            if self.process.poll() is not None:
                break
            try:
                visitor = Visitor(self)
                if visitor.get("/sign-in").status == 200:
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.002)
        raise RuntimeError(f"the server did not open: {self.words.read_text(encoding='utf-8')[-2000:]}")

    def leave_nothing_running(self):
        """However the story ended."""
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        if self.process.wait(timeout=30) != 0:
            raise RuntimeError(f"the server ended with {self.process.returncode}")

    def resident_kib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))


class Form:
    """A form as it stands in the page: where it goes and, in order, what it carries before anybody types."""

    def __init__(self, action, method="post"):
        self.action, self.method, self.fields = action, method, []

    def filled(self, values):
        """The fields with these values instead."""
        missing = set(values) - {name for name, _ in self.fields}
        if missing:
            raise LookupError(f"the form to {self.action} has no {missing}")
        return [(name, values.get(name, value)) for name, value in self.fields]


class FormReader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.links = [], []
        self.inside = None  # the name of the textarea or select being read
        self.text = ""

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self.forms.append(Form(attributes.get("action", ""), attributes.get("method", "get").lower()))
        elif tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        elif self.forms and tag in {"textarea", "select"} and attributes.get("name"):
            self.inside, self.text = attributes["name"], "" if tag == "textarea" else None
        elif tag == "option" and self.inside and ("selected" in attributes or self.text is None):
            self.text = attributes.get("value", "")
        elif self.forms and tag == "input" and attributes.get("name"):
            if attributes.get("type") not in {"checkbox", "radio", "submit"} or "checked" in attributes:
                self.forms[-1].fields.append((attributes["name"], attributes.get("value", "")))

    def handle_data(self, data):
        if self.inside and self.lasttag == "textarea":
            self.text += data

    def handle_endtag(self, tag):
        if tag in {"textarea", "select"} and self.inside:
            self.forms[-1].fields.append((self.inside, (self.text or "").removeprefix("\n")))
            self.inside = None


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def text(self):
        return self.body.decode("utf-8")

    def read(self):
        reader = FormReader()
        reader.feed(self.text)
        return reader

    def form(self, action):
        """The form whose address ends so."""
        for form in self.read().forms:
            if form.action.endswith(action):
                return form
        raise LookupError(f"no form to …{action} on this page ({self.status})")


class Visitor:
    def __init__(self, house):
        self.house, self.cookies, self.token, self.login = house, {}, None, None

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=20)
        try:
            origin = f"http://localhost:{self.house.port}"
            connection.request(method, path, body, {
                "Host": f"localhost:{self.house.port}", "Origin": origin, "Sec-Fetch-Site": "same-origin",
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **(headers or {})})
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return answer

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields, headers=None):
        return self.ask("POST", path, urllib.parse.urlencode(fields),
                        {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})

    def upload(self, path, fields, name, file):
        """A post with one file, as a browser sends it."""
        mark = "----azukari-upload"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
                 for field, value in fields if field != name]
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file.name}"\r\n'
                     "Content-Type: text/csv\r\n\r\n".encode() + file.read_bytes() + b"\r\n")
        return self.ask("POST", path, b"".join(parts) + f"--{mark}--\r\n".encode(),
                        {"Content-Type": f"multipart/form-data; boundary={mark}"})

    @property
    def csrf(self):
        """The token that this person's forms carry."""
        if not self.token:
            self.token = dict(self.get("/").form("/sign-out").fields)["csrf"]
        return self.token

    def sign_in(self, who):
        account = self.house.account(who)
        self.login = account["login"]
        form = self.get("/sign-in").form("/sign-in")
        answer = self.post(form.action, form.filled({
            "login": account["login"], "password": account["password"],
            "code": one_time_code(account["totp_secret_base32"], time.time())}))
        if answer.status not in {302, 303}:
            raise RuntimeError(f"{who} could not sign in: {answer.status}\n{answer.text[-1500:]}")


def work_directory(name):
    """A fresh directory for one run: AZUKARI_WORK, or beside the build."""
    base = pathlib.Path(os.environ.get("AZUKARI_WORK", pathlib.Path(__file__).resolve().parents[2] / "build/work"))
    folder = base / f"{name}-{os.getpid()}"
    folder.mkdir(parents=True)
    return folder
