"""The people of the demonstration as the matrix knows them, and the work they do first, so that every page has
something to show: a published work flow, batches in every state, passkeys."""
import contextlib
import dataclasses
import datetime
import pathlib
import sqlite3
import struct
import subprocess
import time
import uuid
import zlib

from house import Visitor

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass(frozen=True)
class Person:
    role: str
    listed: bool = False  # on the submitted roster, and trained


PEOPLE = {
    "officer": Person("ward_officer"),
    "reviewer": Person("ward_reviewer"),
    "supervisor": Person("handling_supervisor", listed=True),
    "supervisor2": Person("handling_supervisor", listed=True),
    "handler": Person("handler", listed=True),
    "handler2": Person("handler"),
    "security": Person("security_officer", listed=True),
    "auditor": Person("auditor"),
}


def entrustment_of(house, organisation):
    rows = house.store.rows("select f.entrustment from access_fence f join party_organisation o on o.id = f.contractor "
                             f"where o.name = '{organisation}' order by f.entrustment")
    return str(uuid.UUID(bytes=rows[0][0]))


def own_entrustment(house):
    return entrustment_of(house, "架空印刷株式会社")


def other_entrustment(house):
    return entrustment_of(house, "架空サービス株式会社")


# A passkey and another window of everybody's, never to be used: they are there to be removed.
def give_things_to_remove(house):
    now = time.time_ns() // 1000
    with contextlib.closing(sqlite3.connect(house.data / "store/azukari.db")) as db, db:
        for (account,) in db.execute("select id from access_account").fetchall():
            db.execute("insert into access_session values (?, ?, ?, ?, ?, ?)",
                       (uuid.uuid4().bytes, uuid.uuid4().bytes * 2, account, now, now, now))
            db.execute("insert into access_passkey values (?, ?, ?, x'00', 0, 0, 0, '見本の鍵', 1, null)",
                       (uuid.uuid4().bytes, uuid.uuid4().bytes, account))


def done(answer, *statuses):
    if answer.status not in (statuses or (303,)):
        raise RuntimeError(f"the preparation was answered {answer.status}:\n{answer.text[-2500:]}")
    return answer


def publish_work_flow(officer, entrustment):
    page = done(officer.get(f"/entrustments/{entrustment}/work-flow/publish"), 200)
    form = page.form("/work-flow/publish")
    blank = [(name, value or "見本の手順") for name, value in form.fields]
    done(officer.post(form.action, blank))


def take_in(visitor, entrustment, file):
    form = done(visitor.get(f"/entrustments/{entrustment}/guidance/intake"), 200).form("/guidance/intake")
    return done(visitor.upload(form.action, form.fields, "file", file)).headers["Location"]


def compose(visitor, batch):
    form = done(visitor.get(batch), 200).form("/composition")
    done(visitor.post(form.action, form.fields))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if "組み上げた通知" in visitor.get(batch).text:
            return
        time.sleep(0.05)
    raise RuntimeError("the letters were not composed within a minute")


def send(visitor, page, action, values, chosen=()):
    """Fills the form of a page; `chosen` are the boxes that were ticked."""
    form = done(visitor.get(page), 200).form(action)
    return done(visitor.post(form.action, form.filled(values) + list(chosen)))


def picture():
    """A grey square as PNG."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress((b"\0" + b"\x90" * 32) * 32)) + chunk(b"IEND", b""))


def attach(house, visitor, person):
    """A form beside a person; no virus scanner is set up, so it waits."""
    file = house.data.parent / "form.png"
    file.write_bytes(picture())
    form = done(visitor.get(f"{person}/attachments"), 200).form("/attachments")
    done(visitor.upload(form.action, form.filled({"paper": "application", "purpose": "letters"}), "file", file))


def fill_vault(house, visitors, entrustment):
    """The ward's purposes and texts, people who do not exist, a consent; two told to be one, two told apart, and two who
    may be one."""
    here = f"/entrustments/{entrustment}"
    officer, handler, supervisor = visitors["officer"], visitors["handler"], visitors["supervisor"]
    send(officer, f"{here}/purposes", "/purposes", {"name": "通知の発送", "code": "letters"})
    send(officer, f"{here}/purposes", "/agencies", {"agency": "架空センター", "what_for": "紹介"})
    for kind in ("purpose", "consent"):
        send(officer, f"{here}/purposes/texts/new", "/texts/new", {"title": "説明", "text": "見本の文。", "kind": kind})
    persons = []
    for name in ("見本 四郎", "見本 四郎", "見本 一郎", "見本 二郎", "見本 三郎"):
        made = send(handler, f"{here}/persons/new", "/persons/new",
                    {"item.name": name, "channel": "counter", "purpose": "letters", "reason": "受付"})
        persons.append(made.headers["Location"])
    persons = persons[2:]
    attach(house, handler, persons[0])
    send(handler, f"{persons[0]}/consents/new", "/consents/new", {"text": "3", "explained_by": "架空 三郎"},
         [("decision", "yes"), ("items", "name"), ("manner", "verbal")])
    done(supervisor.post(f"{here}/persons/merges", [
        ("csrf", supervisor.csrf), ("pick", persons[1].split("/")[-1]), ("pick", persons[2].split("/")[-1]),
        ("kept_seen", "1"), ("gone_seen", "1"), ("choice.name", "kept"), ("purpose", "letters"), ("reason", "確認"),
        ("merge_reason", "同じ方")]))
    done(supervisor.post(f"{here}/persons/distinctions", [
        ("csrf", supervisor.csrf), ("pick", persons[0].split("/")[-1]), ("pick", persons[1].split("/")[-1]),
        ("purpose", "letters"), ("reason", "別の方")]))


def dispute_one(visitors, here, way, staff, today):
    """A second medium, handed over, disputed and withdrawn: neither side has closed the dispute."""
    officer, handler = visitors["officer"], visitors["handler"]
    thing = send(officer, f"{here}/things/new", "/things/new",
                 {"kind": "medium", "form": "DVD", "title": "対象者", "quantity": "1", "unit": "枚"})
    thing = thing.headers["Location"].split("/")[-1].split("?")[0]
    made = send(officer, way, "/hand-overs/new",
                {"giver": staff["見本 太郎"], "receiver": staff["架空 三郎"], "carrier": staff["見本 太郎"],
                 "day": str(today - datetime.timedelta(days=2)), "clock": "10:00",
                 f"content-{thing}": "対象者", f"quantity-{thing}": "1"}, [(f"take-{thing}", "yes")])
    record = made.headers["Location"].split("?")[0]
    send(officer, f"{record}/signature", "/signature", {})
    send(handler, f"{record}/dispute", "/dispute", {"reason": "数が違う"})
    send(officer, f"{record}/withdrawal", "/withdrawal", {"reason": "渡し直す"})


def furnish_custody(house, visitors, entrustment):
    """The ward's medium in a cabinet, handed over but not signed for; a package with its notice to come; a room."""
    here = f"/entrustments/{entrustment}/custody"
    officer = visitors["officer"]
    staff = {name: str(uuid.UUID(bytes=id)) for name, id in house.store.rows("select name, id from party_staff")}
    send(officer, f"{here}/places", "/places", {"name": "金庫", "room": "書庫", "key_holder": staff["見本 太郎"]})
    send(officer, f"{here}/rooms", "/rooms", {"name": "書庫", "opens": "8:30", "closes": "18:00"})
    thing = send(officer, f"{here}/things/new", "/things/new",
                 {"kind": "medium", "form": "USBメモリ", "title": "対象者", "quantity": "1", "unit": "個"})
    thing = thing.headers["Location"].split("/")[-1].split("?")[0]
    way = f"{here}/hand-overs/new?way=provide"
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()
    send(officer, way, "/hand-overs/new",
         {"giver": staff["見本 太郎"], "receiver": staff["架空 三郎"], "carrier": staff["見本 太郎"],
          "day": str(today - datetime.timedelta(days=1)), "clock": "10:00",
          f"content-{thing}": "対象者", f"quantity-{thing}": "1"}, [(f"take-{thing}", "yes")])
    dispute_one(visitors, here, way, staff, today)
    file = house.data.parent / "packed.csv"
    file.write_text("通し番号\r\n1\r\n", encoding="utf-8")
    form = done(officer.get(f"{here}/packages/new"), 200).form("/packages/new")
    done(officer.upload(form.action, form.filled({"title": "対象者", "persons": "1"}), "file1", file), 200)
    handler = visitors["handler"]  # whose package waits for two others
    form = done(handler.get(f"{here}/packages/new"), 200).form("/packages/new")
    done(handler.upload(form.action, form.filled({"title": "実施結果", "persons": "1"}), "file1", file), 303)


def name_a_printer(house):
    """A printer that does not answer: what is asked for waits."""
    with open(house.data / "azukari.toml", "a", encoding="utf-8") as settings:
        settings.write('\n[printers]\n"見本のプリンター" = "ipp://127.0.0.1:9/printers/mihon"\n')


def furnish_printing(visitors, batch):
    """The letters of a batch that were approved, asked for to be printed and not agreed to yet."""
    handler = visitors["handler"]
    link = next(link for link in done(handler.get(batch), 200).read().links if "/printing/new?document=" in link)
    send(handler, link, "/printing/new", {"purpose": "見本", "recipient": "見本課"}, [("next_step", "enclose")])


def furnish_sealing(visitors, batch):
    """Letters that left as a file, with one whose paper is not found and one that is not to go out."""
    form = done(visitors["handler"].get(f"{batch}/letters/hihiman"), 200).form("/letters/hihiman")
    done(visitors["handler"].post(form.action, form.filled({"recipient": "見本の印字室"})), 200)
    send(visitors["handler"], f"{batch}/sealing/spoil", "/spoil",
         {"letter": "C-00001", "reason": "見本", "at_hand": "no"})
    send(visitors["officer"], f"{batch}/sealing/pull", "/pull", {"letter": "C-00002"}, [("reason", "moved")])


def furnish_ending(visitors, entrustment, batch):
    """A copy of the keys, a paper in a cabinet, a hold on something, a return that was taken, an erasure that is planned."""
    ending = f"/entrustments/{entrustment}/ending"

    def send(login, below, *statuses, **fields):
        visitor = visitors[login]
        return done(visitor.post(ending + below, [("csrf", visitor.csrf), *fields.items()]), *statuses)

    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).date()
    send("supervisor", "/backups", kind="keystore", label="見本の控え", made=today, expires=today + datetime.timedelta(days=7))
    send("handler", "/documents/new", kind="password_notice", label="見本-1")
    send("supervisor", "/holds/new", object=str(uuid.uuid4()), reason="見本のため")
    send("handler", "/return", 200)
    send("handler", "/erasures/new", target=f"batch:{batch.rsplit('/', 1)[-1]}", cause="work_finished")


def furnish(house, entrustment):
    """Everybody signed in, with something to remove, and the work in every state. The house is open afterwards."""
    give_things_to_remove(house)
    name_a_printer(house)
    house.start()
    visitors = {login: Visitor(house) for login in PEOPLE}
    for login, visitor in visitors.items():
        visitor.sign_in(login)
    publish_work_flow(visitors["officer"], entrustment)
    fill_vault(house, visitors, entrustment)
    furnish_custody(house, visitors, entrustment)
    for login, count in {"handler": 0, "supervisor": 1, "supervisor2": 2}.items():
        file = house.data.parent / f"ward-{count}.csv"
        subprocess.run([house.program, "guidance", "sample", "--layout", ROOT / "definitions/layouts/guidance", "--count",
                        str(20 + count), "--seed", str(count), "--output", file], check=True, stdout=subprocess.DEVNULL)
        batch = take_in(visitors[login], entrustment, file)
        if count > 0:
            compose(visitors["handler"], batch)
        if count > 1:
            form = done(visitors["supervisor"].get(f"{batch}/approval"), 200).form("/approval")
            done(visitors["supervisor"].post(form.action, form.fields))
    furnish_printing(visitors, batch)
    furnish_sealing(visitors, batch)
    furnish_ending(visitors, entrustment, batch)
    return visitors
