#!/usr/bin/env python3
"""Kills the server at random under load and holds it to every write it acknowledged.

    crash.py AZUKARI AZUKARI_VERIFY [KILLS [SEED]]        200 kills; the seed is printed, and may be given again

Every clerk edits an entrustment of their own, each time with a mark nobody used before. What the server answered with
its redirect is acknowledged: after each kill it must be there, with its ledger entry, and the ledger must verify.
"""
import contextlib
import http.client
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "server"))
from house import House, Visitor, work_directory  # noqa: E402

BROKEN = (OSError, http.client.HTTPException)  # what a client sees when the server dies in mid-sentence


class Clerk(threading.Thread):
    """Edits one entrustment again and again until the server goes away."""

    def __init__(self, visitor, entrustment, round_number):
        super().__init__(daemon=True)
        self.visitor, self.entrustment, self.round = visitor, entrustment, round_number
        self.acknowledged, self.asked, self.surprise = [], 0, None

    def run(self):
        with contextlib.suppress(*BROKEN):
            while self.surprise is None:
                self.edit()

    def edit(self):
        path = f"{self.entrustment}/edit/outline"
        page = self.visitor.get(path)
        if page.status != 200:
            self.surprise = f"GET {path}: {page.status}"
            return
        form = page.form("/edit/outline")
        self.asked += 1
        mark = f"{self.entrustment[-12:]}-{self.round}-{self.asked}"
        fields = form.filled({"outline.subjects": f"架空の対象者 {mark}", "reason": f"負荷試験 {mark}"})
        answer = self.visitor.post(path, fields)
        if answer.status == 303:
            self.acknowledged.append(mark)
        else:
            self.surprise = f"POST {path}: {answer.status}\n{answer.text[-1500:]}"


def stored(house):
    """Marks and ledger entries as they are on the disk now; read from a copy, since nobody else opens the store."""
    copy = house.data.parent / "copy"
    shutil.copytree(house.data / "store", copy)
    try:
        with contextlib.closing(sqlite3.connect(copy / "azukari.db")) as db:
            marks = [reason.split()[-1] for (reason,) in
                     db.execute("select reason from entrustment_change where reason like '負荷試験 %'")]
            (sound,) = db.execute("pragma integrity_check").fetchone()
            return marks, sound
    finally:
        shutil.rmtree(copy)


def verify_ledger(house, verify, auditor):
    """Downloads the newest checkpoint with its evidence and lets the ward's own verifier judge it."""
    bundle = house.data.parent / "evidence.zip"
    form = auditor.get("/ledger/evidence").form("/ledger/evidence")
    answer = auditor.post(form.action, form.fields)
    if answer.status != 200:
        raise AssertionError(f"evidence bundle: {answer.status}")
    bundle.write_bytes(answer.body)
    subprocess.run([verify, "bundle", bundle], check=True, stdout=subprocess.DEVNULL)


class Trial:
    def __init__(self, program, verify, seed):
        self.house = House(program, work_directory("crash") / "data")
        self.verify, self.chance = verify, random.Random(seed)
        self.acknowledged, self.kills, self.openings = set(), 0, []

    def prepare(self):
        self.house.fill()
        self.house.start()
        self.officer, self.auditor = Visitor(self.house), Visitor(self.house)
        self.officer.sign_in("ward_officer")
        self.auditor.sign_in("auditor")
        links = self.officer.get("/entrustments").read().links
        self.entrustments = sorted({link for link in links if link.startswith("/entrustments/") and link.count("/") == 2})
        if len(self.entrustments) < 4:
            raise AssertionError(f"the demonstration shows {len(self.entrustments)} entrustments")

    def clerks(self, number):
        for entrustment in self.entrustments:
            clerk_visitor = Visitor(self.house)
            clerk_visitor.cookies = dict(self.officer.cookies)
            yield Clerk(clerk_visitor, entrustment, number)

    def round(self, number):
        """Load, a kill at a moment nobody chose, and the next opening."""
        clerks = list(self.clerks(number))
        for clerk in clerks:
            clerk.start()
        time.sleep(self.chance.uniform(0.005, 0.25))
        self.house.kill()
        self.kills += 1
        for clerk in clerks:
            clerk.join(timeout=30)
            if clerk.surprise:
                raise AssertionError(f"round {number}: {clerk.surprise}")
            self.acknowledged.update(clerk.acknowledged)
        self.openings.append(self.house.start())

    def reconcile(self):
        self.house.kill()
        self.kills += 1
        marks, sound = stored(self.house)
        lost = self.acknowledged - set(marks)
        if sound != "ok" or lost or len(marks) != len(set(marks)):
            raise AssertionError(f"integrity {sound}; {len(lost)} acknowledged writes lost: {sorted(lost)[:5]}; "
                                 f"{len(marks) - len(set(marks))} twice")
        self.house.start()
        verify_ledger(self.house, self.verify, self.auditor)


def main(program, verify, kills="200", seed=None):
    seed = int(seed) if seed else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    trial = Trial(program, verify, seed)
    trial.prepare()
    began = time.monotonic()
    number = 0
    while trial.kills < int(kills):
        number += 1
        trial.round(number)
        if number % 20 == 0:
            trial.reconcile()
    trial.reconcile()
    trial.house.stop()
    if len(trial.acknowledged) < int(kills):
        raise AssertionError(f"only {len(trial.acknowledged)} writes were acknowledged: this was no load")
    openings = sorted(trial.openings)
    print(f"{trial.kills} kills, {len(trial.acknowledged)} acknowledged writes, none lost, ledger verified "
          f"{number // 20 + 1} times; opening again took {openings[len(openings) // 2] * 1000:.0f} ms (median), "
          f"{openings[-1] * 1000:.0f} ms at most; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
