#!/usr/bin/env python3
"""Walks every cell of the authorisation matrix against the running server [K15].

    matrix.py AZUKARI

Every route that `azukari routes` lists, as every person of the demonstration, about their own entrustment, another
organisation's and one that does not exist; in several worlds (a session too old for what is grave, a training that
expired, …). What must be answered comes from src/access/model/decision_model.py, written from the rules and not from
the server's table. A refusal must tell its reason and change nothing; its only trace is the ledger's.

How a route is filled is learnt from the pages: links and forms that people are shown. A route that nobody is shown and
that FILLINGS does not know fails the walk.
"""
import html
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src/access/model"), str(ROOT / "test/server")]
import decision_model as model  # noqa: E402
from house import House, Visitor, one_time_code, work_directory  # noqa: E402
from matrix_town import PEOPLE, furnish, other_entrustment, own_entrustment  # noqa: E402
from matrix_worlds import NOW, WORLDS, Facts  # noqa: E402

# Open to everybody, and nothing else is.
OPEN = {("GET", "/sign-in"), ("POST", "/sign-in"), ("GET", "/sign-in/passkey"), ("POST", "/sign-in/passkey")}
ASSET = re.compile(r"/assets/[a-z_]+\.[0-9a-f]{12}\.(css|js|svg)")

# What people only look at, but by a button: taking it leaves an entry, and a browser that fetches ahead must not.
TAKEN = {("POST", "/entrustments/{entrustment}/custody/hand-overs/{hand_over}/paper")}

# Words of parameters that no link carries.
UNKNOWN = str(uuid.UUID("01900000-0000-7000-8000-000000000000"))
FILLINGS = {"{category}": "usage_ticket", "{record}": UNKNOWN, "{stage}": "carried_out", "{copy}": UNKNOWN,
            "{showing}": UNKNOWN, "{page}": "1"}


class Route:
    def __init__(self, line):
        self.method, self.pattern, self.guard = line.split(" ")
        self.parts = self.pattern.split("/")
        literal = [re.escape(part) if not part.startswith("{") else "([^/]+)" for part in self.parts]
        self.shape = re.compile("/".join(literal))
        self.fixed = sum(not part.startswith("{") for part in self.parts)
        self.aimed = "{entrustment}" in self.parts

    def __str__(self):
        return f"{self.method} {self.pattern}"


def routes_of(house):
    told = subprocess.run([house.program, "routes", "--data", house.data], check=True, capture_output=True, text=True)
    return [Route(line) for line in told.stdout.splitlines()]


def sentences():
    """Code and sentence of every refusal of decide(), as the page must say it."""
    source = (ROOT / "src/access/access_refusals.h").read_text(encoding="utf-8")
    found = re.findall(r'\{\s*"([a-z_.]+)",\s*((?:"[^"]*"\s*)+)\}', source)
    return {code: "".join(re.findall(r'"([^"]*)"', words)) for code, words in found}


def says(text, sentence):
    """The sentence stands in the page, with anything where it has a gap."""
    return re.search(".+?".join(map(re.escape, sentence.split("{}"))), html.unescape(text)) is not None


class Atlas:
    """How each route is filled: the addresses and forms that the pages show, and to whom."""

    def __init__(self, routes):
        self.routes = routes
        self.places, self.forms, self.pool = {}, {}, {}

    def route_of(self, method, path):
        fitting = [route for route in self.routes if route.method == method and route.shape.fullmatch(path)]
        return max(fitting, key=lambda route: route.fixed, default=None)

    def note(self, method, path, login, form=None):
        route = self.route_of(method, path)
        if route is None:
            raise AssertionError(f"{login} is shown {method} {path}, which is no route")
        self.places.setdefault(str(route), {}).setdefault(login, path)
        if form is not None:
            self.forms.setdefault(str(route), {}).setdefault(login, form)
        parts = path.split("/")
        for at, part in enumerate(route.parts):
            if part.startswith("{"):
                self.pool.setdefault(tuple(route.parts[:at + 1]), parts[at])
        return route

    def explore(self, login, visitor, entrustment):
        """Follows links; of pages that differ only in an id it looks at two."""
        waiting, known, looks = ["/"], set(), {}
        while waiting:
            path = waiting.pop(0)
            bare = path.split("?")[0]
            if path in known or "/entrustments/" in path and entrustment not in path:
                continue
            known.add(path)
            route = self.note("GET", bare, login)
            looks[str(route)] = looks.get(str(route), 0) + 1
            if looks[str(route)] > 2:
                continue
            answer = visitor.get(path)
            if answer.status != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                continue
            page = answer.read()
            for form in page.forms:
                if form.method == "post":
                    self.note("POST", form.action.split("?")[0], login, form)
            waiting += [link.split("#")[0] for link in page.links if link.startswith("/")]

    def place(self, route, login):
        """An address of this route: one that this person is shown, or anybody, or one made of known parts."""
        shown = self.places.get(str(route), {})
        if shown:
            return shown.get(login) or next(iter(shown.values()))
        filled = [self.pool.get(tuple(route.parts[:at + 1])) or FILLINGS.get(part) if part.startswith("{") else part
                  for at, part in enumerate(route.parts)]
        if None in filled:
            raise AssertionError(f"{route}: no page shows it and no part of it is known. Let a page link to it, or "
                                 f"teach matrix.py in FILLINGS or matrix_town.py in furnish()")
        return "/".join(filled)

    def fields(self, route, login):
        """What a person who is shown the form would send, so that a refusal refuses something."""
        forms = self.forms.get(str(route), {})
        form = forms.get(login) or next(iter(forms.values()), None)
        return [] if form is None else [(name, value or "見本") for name, value in form.fields if name != "csrf"]


class Store:
    """The store as somebody sees it who only reads the file: to notice a change."""

    def __init__(self, house):
        self.db = sqlite3.connect(f"file:{house.data}/store/azukari.db?mode=ro", uri=True)
        self.tables = [name for (name,) in self.db.execute(
            "select name from sqlite_master where type='table' and name not like 'ledger_%'")]

    def content(self):
        # When a session was last seen is the only thing that any request may move.
        rows = {}
        for table in self.tables:
            columns = [name for _, name, *_ in self.db.execute(f"pragma table_info({table})") if name != "seen_at"]
            rows[table] = sorted(map(repr, self.db.execute(f"select {','.join(columns)} from {table}")))
        return rows

    def acts(self):
        """What people did; the house's own jobs have their turn whenever it comes."""
        return [act for (act,) in self.db.execute("select act from ledger_entry where actor <> 'system' order by seq")]

    def close(self):
        self.db.close()


class Walk:
    def __init__(self, house, routes, atlas, visitors, aims):
        self.house, self.routes, self.atlas, self.visitors, self.aims = house, routes, atlas, visitors, aims
        self.cookies = {login: dict(visitor.cookies) for login, visitor in visitors.items()}
        self.sentences = sentences()
        self.cells, self.faults = 0, []

    def fault(self, world, login, route, path, words):
        self.faults.append(f"{world.name}, {login}: {route} ({path}): {words}")

    def judge(self, expected, route, answer):
        """What is wrong with this answer; nothing when it is the one that the model gives."""
        place = answer.headers["Location"] or ""
        if expected == "allowed":
            left = route.pattern == "/sign-out" and place == "/sign-in?left=1"
            turned_away = answer.status in {403, 405} or (place.startswith(("/sign-in", "/reauthenticate")) and not left)
            missing = answer.status == 404 and says(answer.text, self.sentences["access.no_entrustment"])
            wrong = turned_away or missing or answer.status >= 500
            return f"allowed, but answered {answer.status} {place}" if wrong else None
        if expected == "access.session_over":
            right = answer.status == 303 and place.split("?")[0] == "/sign-in"
        elif expected == "access.reauthenticate" and route.method == "GET":
            right = answer.status == 303 and place.startswith("/reauthenticate?next=")
        else:
            status = 404 if expected == "access.no_entrustment" else 403
            right = answer.status == status and says(answer.text, self.sentences[expected])
        return None if right else f"{expected} expected, but answered {answer.status} {place}"

    def expected(self, world, login, route, aim):
        return model.answer(world.facts(Facts(PEOPLE[login], aim)).case(route.guard, route.aimed))

    def aimed_at(self, route, path, aim):
        parts = path.split("/")
        if route.aimed:
            parts[route.parts.index("{entrustment}")] = self.aims[aim]
        return "/".join(parts)

    def ask(self, visitor, route, path, fields):
        """Answers do not move anybody's session on: the next cell finds what the first one found."""
        self.cells += 1
        visitor.cookies = dict(self.cookies.get(visitor.login, visitor.cookies))
        return visitor.get(path) if route.method == "GET" else visitor.post(path, fields)

    def cell(self, world, login, route, aim):
        """One person at one route. True when the model refuses and the refusal leaves a trace in the ledger."""
        visitor, expected = self.visitors[login], self.expected(world, login, route, aim)
        own = self.atlas.place(route, login)
        path = self.aimed_at(route, own, aim)
        token = [("csrf", visitor.csrf)]
        if expected == "allowed" and route.method == "POST":
            # The decision comes before the form is read: an empty form, so that the walk does not tread on its own way.
            answer = self.ask(visitor, route, self.harmless(route, path), token)
        else:
            answer = self.ask(visitor, route, path, self.atlas.fields(route, login) + token)
        wrong = self.judge(expected, route, answer)
        if wrong:
            self.fault(world, login, route, path, wrong)
        shown = self.atlas.places.get(str(route), {}).get(login)
        if shown == path and world is WORLDS[0] and route.method == "GET" and answer.status not in {200, 303, 403}:
            self.fault(world, login, route, path, f"shown to them, but answered {answer.status}")
        kind, grave, _ = model.ACTIONS[route.guard]
        silent = expected in {"allowed", "access.reauthenticate", "access.session_over"}
        return not silent and (grave or kind in model.RESIDENTS)

    def harmless(self, route, path):
        parts = path.split("/")
        for at, part in enumerate(route.parts):
            if part.startswith("{") and part not in {"{entrustment}", "{section}"}:
                parts[at] = UNKNOWN
        return "/".join(parts)

    def refused_cells(self, world, route, aims, store):
        """The posts that the model refuses, then proof that they changed nothing but the ledger's trace."""
        before, told = store.content(), len(store.acts())
        traces = 0
        for login in self.visitors:
            for aim in aims:
                if self.expected(world, login, route, aim) != "allowed":
                    traces += self.cell(world, login, route, aim)
        after, acts = store.content(), store.acts()[told:]
        changed = [table for table in before if before[table] != after[table]]
        if changed or acts != ["access.refused"] * traces:
            self.fault(world, "everybody", route, "refused posts", f"changed {changed}, told the ledger {acts}, "
                                                                   f"{traces} refusals expected")

    def world(self, world):
        self.house.start()
        store = Store(self.house)
        guarded = [route for route in self.routes if route.guard != "open"]
        for route in sorted(guarded, key=lambda route: route.pattern == "/sign-out"):
            if not world.concerns(model.ACTIONS[route.guard]):
                continue
            aims = (self.aims if world.every_aim else ["own"]) if route.aimed else ["own"]
            if route.method == "POST":
                self.refused_cells(world, route, aims, store)
            for login in self.visitors:
                for aim in aims:
                    expected = self.expected(world, login, route, aim)
                    # What is as on an ordinary day was walked then.
                    news = world is WORLDS[0] or expected != self.expected(WORLDS[0], login, route, aim)
                    if news and (route.method == "GET" or expected == "allowed"):
                        self.cell(world, login, route, aim)
        if world.proves_again:
            self.prove_again(world, guarded)
        store.close()
        self.house.stop()

    def prove_again(self, world, routes):
        """The way that the refusal leads to: after it, what is grave is allowed to whom the ordinary day allows it."""
        login = "supervisor"
        visitor = self.visitors[login]
        account = self.house.account(login)
        form = visitor.get("/reauthenticate?next=/accounts/new").form("/reauthenticate")
        answer = visitor.post(form.action, form.filled({
            "password": account["password"], "code": one_time_code(account["totp_secret_base32"], time.time())}))
        if answer.status != 303 or answer.headers["Location"] != "/accounts/new":
            self.fault(world, login, "POST /reauthenticate", "", f"a right answer was answered {answer.status}")
        for route in routes:
            if model.ACTIONS[route.guard][1] and self.expected(WORLDS[0], login, route, "own") == "allowed":
                self.cell(WORLDS[0], login, route, "own")

    # Nobody, somebody with a forged cookie, and forms that did not come from our pages.

    def strangers(self):
        self.house.start()
        store = Store(self.house)
        before, told = store.content(), len(store.acts())
        nobody, forger = Visitor(self.house), Visitor(self.house)
        for cookie in self.visitors["handler"].cookies:
            forger.cookies[cookie] = "Zm9yZ2Vk" * 5 + "Zm8"
        for route in self.routes:
            path = self.atlas.place(route, "supervisor")
            if route.guard == "open":
                if route.method == "GET" and nobody.get(path).status != 200:
                    self.fault(Strangers, "nobody", route, path, "is open, but not to a stranger")
                continue
            for who, visitor in {"nobody": nobody, "a forged session": forger}.items():
                answer = self.ask(visitor, route, path, self.atlas.fields(route, "supervisor"))
                if answer.status != 303 or (answer.headers["Location"] or "").split("?")[0] != "/sign-in":
                    self.fault(Strangers, who, route, path, f"is not led to sign-in: {answer.status}")
            if route.method == "POST":
                self.forged_forms(route)
        after, acts = store.content(), store.acts()[told:]
        if before != after or acts:
            self.fault(Strangers, "strangers", "every route", "", f"something changed, or was told: {acts}")
        store.close()
        self.house.stop()

    def forged_forms(self, route):
        allowed = [login for login in self.visitors if model.answer(
            Facts(PEOPLE[login], "own").case(route.guard, route.aimed)) == "allowed"]
        if not allowed:
            raise AssertionError(f"{route}: the model lets nobody of the demonstration do it")
        visitor = self.visitors[allowed[0]]
        theirs = next(other for login, other in self.visitors.items() if login != allowed[0]).csrf
        path, fields = self.atlas.place(route, allowed[0]), self.atlas.fields(route, allowed[0])
        stale = "操作してください。"
        for what, token in {"no token": [], "an invented token": [("csrf", "A" * len(visitor.csrf))],
                            "somebody else's token": [("csrf", theirs)]}.items():
            answer = self.ask(visitor, route, path, fields + token)
            if answer.status != 403 or stale not in answer.text:
                self.fault(Strangers, allowed[0], route, path, f"a post with {what} was answered {answer.status}")
        for header in ({"Origin": "https://elsewhere.invalid"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
            answer = visitor.post(path, fields + [("csrf", visitor.csrf)], header)
            if answer.status != 403 or "ほかのサイトから" not in answer.text:
                self.fault(Strangers, allowed[0], route, path, f"a post with {header} was answered {answer.status}")


class Strangers:
    name = "strangers"


def check_guards(routes):
    """What the list of routes itself must hold, whoever asks."""
    faults = []
    opened = {(route.method, route.pattern) for route in routes if route.guard == "open"}
    assets = {each for each in opened if each[0] == "GET" and ASSET.fullmatch(each[1])}
    if opened - assets != OPEN:
        faults.append(f"open routes differ from the short list: {sorted((opened - assets) ^ OPEN)}")
    for route in routes:
        if route.guard == "open":
            continue
        if route.guard not in model.ACTIONS:
            faults.append(f"{route}: the model does not know {route.guard}")
        elif (route.method == "POST" and route.guard.endswith(".see")
              and (route.method, route.pattern) not in TAKEN):
            faults.append(f"{route}: {route.guard} lets people look, and this is a post")
        elif model.ACTIONS[route.guard][0] in model.RESIDENTS and not route.aimed:
            faults.append(f"{route}: personal information, but of no entrustment")
        elif route.aimed and model.ACTIONS[route.guard][0] == "open":
            faults.append(f"{route}: under an entrustment, but {route.guard} does not ask whose it is")
    unused = set(model.ACTIONS) - {route.guard for route in routes}
    if unused:
        faults.append(f"actions that guard nothing: {sorted(unused)}")
    return faults


def main(program):
    house = House(program, work_directory("matrix") / "data")
    try:
        return walk_matrix(house)
    finally:
        house.leave_nothing_running()


def walk_matrix(house):
    began = time.monotonic()
    house.fill()
    routes = routes_of(house)
    faults = check_guards(routes)
    entrustment = own_entrustment(house)
    visitors = furnish(house, entrustment)
    atlas = Atlas(routes)
    for login, visitor in visitors.items():
        atlas.explore(login, visitor, entrustment)
    house.stop()
    aims = {"own": entrustment, "other": other_entrustment(house), "unknown": UNKNOWN}
    print(f"furnished and explored after {time.monotonic() - began:.0f} s", flush=True)
    first = house.data
    walk = Walk(house, routes, atlas, visitors, aims)
    walk.strangers()
    for number, world in enumerate(WORLDS):
        house.data = first.parent / f"world-{number}"
        shutil.copytree(first, house.data)
        world.make(house, NOW())
        walk.world(world)
        shutil.rmtree(house.data)
        print(f"{world.name}: {walk.cells} cells so far, {time.monotonic() - began:.0f} s", flush=True)
    for fault in faults + walk.faults:
        print(fault)
    print(f"{len(routes)} routes, {len(PEOPLE)} people, {len(WORLDS)} worlds: {walk.cells} cells, "
          f"{len(faults) + len(walk.faults)} faults, {time.monotonic() - began:.0f} s")
    if not walk.faults and not faults:
        shutil.rmtree(first.parent)
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
