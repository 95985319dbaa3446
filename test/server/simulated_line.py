#!/usr/bin/env python3
"""The line, simulated with what a scanner would really see [G4].

    simulated_line.py AZUKARI

The letters of 200 people who do not exist are composed, approved and taken from the running server, drawn to pixels at 150
dots an inch (pdftoppm), and their codes read back by a reader that is not ours (ZXingReader). What was read goes to the
desk over HTTP in the order in which papers lie on a line where things go wrong: swapped neighbours, doubled papers and
doubled letters, a missing paper, papers of another run and of another make, an early Enter. Every planted fault has to be
answered no, everything right yes; the pages of the counts must say the same afterwards. The time of each answer is
measured.
"""
import http.client
import json
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
import tomllib
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "test/server")]
from house import House, Visitor, work_directory  # noqa: E402
from matrix_town import compose, done, own_entrustment, take_in  # noqa: E402

PERSONS = 200
DOTS = 150  # an inch: what a cheap scanner at the line sees, and less than a press sets
MOST_MS = 100.0  # half of the answers: what a hand waits for, on the busiest machine; quiet ones take a few


def letters_of(house, visitors, entrustment, count, seed):
    """A file of the ward, composed and approved: the batch's address."""
    file = house.data.parent / f"ward-{seed}.csv"
    subprocess.run([house.program, "guidance", "sample", "--layout", ROOT / "definitions/layouts/guidance", "--count",
                    str(count), "--seed", str(seed), "--output", file], check=True, stdout=subprocess.DEVNULL)
    batch = take_in(visitors["handler"], entrustment, file)
    compose(visitors["handler"], batch)
    form = done(visitors["supervisor"].get(f"{batch}/approval"), 200).form("/approval")
    done(visitors["supervisor"].post(form.action, form.fields))
    return batch


def window():
    """What the scanner is held over: the place of the code on every sheet and a hand's breadth of doubt, in dots."""
    layouts = [tomllib.loads((ROOT / f"definitions/layouts/guidance/{name}.toml").read_text(encoding="utf-8"))
               for name in ("voucher", "results", "referral")]
    places = {(*code["at"], code["width"]) for layout in layouts for code in layout["code"]}
    if len(places) != 1:
        raise AssertionError(f"the codes do not stand at one place: {places}")
    (x, y, width), doubt = places.pop(), 6
    left, top, side = (round(length / 25.4 * DOTS) for length in (x - doubt, y - doubt, width + 2 * doubt))
    return ["-x", str(left), "-y", str(top), "-W", str(side), "-H", str(side)]


def codes_of(visitor, batch, folder):
    """The codes of every page of every category, as the reader sees them: {category: [text, …]}."""
    codes = {}
    taking = sorted(set(re.findall(rf'{re.escape(batch)}/letters/([a-z-]+)"', visitor.get(batch).text)))
    for category in taking:
        form = done(visitor.get(f"{batch}/letters/{category}"), 200).form(f"/letters/{category}")
        pdf = folder / f"{category}.pdf"
        pdf.write_bytes(done(visitor.post(form.action, form.filled({"recipient": "見本の印字室"})), 200).body)
        subprocess.run(["pdftoppm", "-r", str(DOTS), "-gray", "-png", *window(), pdf, folder / category], check=True)
        pages = sorted(folder.glob(f"{category}-*.png"))
        codes[category] = [read_code(page) for page in pages]
        for page in pages:
            page.unlink()
    return codes


def read_code(page):
    """What stands in the Data Matrix of a page; an unreadable one ends the run."""
    told = subprocess.run(["ZXingReader", "-1", "-format", "DataMatrix", page], check=False, capture_output=True, text=True)
    found = re.findall(r'"([^"]*)"\s*$', told.stdout.strip())
    if len(found) != 1:
        raise AssertionError(f"{page.name}: {told.stdout}{told.stderr}")
    return found[0]


class Desk:
    """Somebody with a scanner, on one connection that stays open, as a browser's."""

    def __init__(self, house, visitor, batch):
        self.visitor, self.where = visitor, f"{batch}/sealing/line"
        self.connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
        self.origin = f"http://localhost:{house.port}"
        self.times = {}
        self.csrf = visitor.csrf

    def ask(self, step, fields):
        body = urllib.parse.urlencode([("csrf", self.csrf), *fields])
        began = time.perf_counter()
        self.connection.request("POST", f"{self.where}/{step}", body, {
            "Host": self.origin.removeprefix("http://"), "Origin": self.origin, "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.visitor.cookies.items())})
        answer = self.connection.getresponse()
        content = answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != 200:
            raise AssertionError(f"{step} was answered {answer.status}: {content[:500].decode()}")
        told = json.loads(content)
        kind = step if step != "match" else "first paper" if told["stage"] == "reading" else "yes or no"
        self.times.setdefault(kind, []).append(took)
        return told

    def scan(self, papers):
        """Each paper in its turn; the answer to the last that was asked for."""
        read = []
        for paper in papers:
            answer = self.ask("match", [("paper", each) for each in read] + [("scan", paper)])
            read.append(paper)
            if answer["stage"] != "reading":
                return answer
        return answer

    def seal(self, letter):
        return self.ask("seal", [("letter", letter), ("scan", "")])

    def acknowledge(self):
        return self.ask("match", [("acknowledging", ""), ("scan", "AZUKARI-BACK")])


def planted(letters, foreign, chance):
    """The run of the line: (papers, what is wrong with them or nothing), every letter right exactly once."""
    order = list(letters)
    several = [at for at, letter in enumerate(order) if len(letter) == 2 and at + 1 < len(order)
               and len(order[at + 1]) == 2]
    faults = {}
    kinds = ["swapped", "doubled paper", "missing paper", "other run", "half of another run", "not a code of ours",
             "mixed categories", "doubled letter", "three papers' worth"]
    for number, at in enumerate(sorted(chance.sample(several, 54))):
        faults[at] = kinds[number % len(kinds)]
    alone = [letter for letter in order if len(letter) == 1]
    run = []
    for at, letter in enumerate(order):
        kind = faults.get(at)
        if kind == "swapped":  # the two stacks are out of step for two envelopes
            run += [([letter[0], order[at + 1][1]], kind), ([order[at + 1][0], letter[1]], kind)]
        elif kind == "doubled paper":
            run.append(([letter[0], letter[0]], kind))
        elif kind == "missing paper":  # its second page fell out: the next person's lies on top
            run.append(([letter[0], order[at + 1][1]], kind))
        elif kind == "other run":
            run.append((chance.choice(foreign), kind))
        elif kind == "half of another run":
            run.append(([letter[0], chance.choice(foreign)[1]], kind))
        elif kind == "not a code of ours":
            run.append(([letter[0], "4901234567894"], kind))
        elif kind == "mixed categories":
            run.append(([letter[0], chance.choice(alone)[0]], kind))
        elif kind == "three papers' worth":  # the second page of a stranger first
            run.append(([order[at + 1][1], letter[1]], kind))
        papers = list(letter)
        if chance.random() < 0.5:
            papers.reverse()
        run.append((papers, None))
        if kind == "doubled letter":  # the press printed it twice
            run.append((list(letter), kind))
    return run


def work_the_line(desk, run):
    missed, wronged, caught = [], [], 0
    for papers, fault in run:
        answer = desk.scan(papers)
        if fault and answer["stage"] == "no":
            caught += 1
            after = desk.ask("match", [("acknowledging", ""), ("scan", papers[0])])
            if after["stage"] != "no":
                missed.append(("a scan before the no was seen", papers))
            desk.acknowledge()
        elif fault:
            missed.append((fault, papers, answer["stage"]))
            desk.ask("release", [("letter", answer["letter"])])
        elif answer["stage"] == "yes":
            if desk.seal(answer["letter"])["stage"] != "reading":
                wronged.append(("not sealed", papers))
        else:
            wronged.append((re.sub(r"<[^>]+>", " ", answer["html"])[:200], papers))
            desk.acknowledge()
    return missed, wronged, caught


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def main(program):
    house = House(program, work_directory("simulated-line") / "data")
    try:
        return run_the_line(house)
    finally:
        house.leave_nothing_running()


def run_the_line(house):
    house.fill()
    house.start()
    entrustment = own_entrustment(house)
    visitors = {login: Visitor(house) for login in ("handler", "supervisor", "auditor")}
    for login, visitor in visitors.items():
        visitor.sign_in(login)
    folder = house.data.parent
    batch = letters_of(house, visitors, entrustment, PERSONS, 11)
    other = letters_of(house, visitors, entrustment, 20, 12)
    began = time.monotonic()
    codes = codes_of(visitors["handler"], batch, folder)
    strangers = codes_of(visitors["handler"], other, folder)
    pages = sum(map(len, codes.values())) + sum(map(len, strangers.values()))
    print(f"{pages} pages at {DOTS} dots an inch read back by ZXing in {time.monotonic() - began:.0f} s, none unreadable")

    def in_letters(read):
        """One list of papers a letter; the code's third and fourth signs are page and pages."""
        return [texts[at:at + int(texts[0][3])] for texts in read.values() for at in range(0, len(texts), int(texts[0][3]))]

    letters = in_letters(codes)
    if len(letters) != PERSONS:
        raise AssertionError(f"{len(letters)} letters of {PERSONS} persons")
    foreign = [letter for letter in in_letters(strangers) if len(letter) == 2]
    desk = Desk(house, visitors["handler"], batch)
    run = planted(letters, foreign, random.Random(4))
    missed, wronged, caught = work_the_line(desk, run)
    wrong = sum(fault is not None for _, fault in run)

    page = visitors["auditor"].get(f"{batch}/sealing").text
    told = int(re.search(r"「不一致」と答えた回数: ([\d,]+) 回", page).group(1).replace(",", ""))
    sealed = re.search(r"封緘済み</th>(.*?)</tr>", page, re.S).group(1)
    sealed = int(re.findall(r">([\d,]+)<", sealed)[-1].replace(",", ""))
    faults = [f"not caught: {each}" for each in missed] + [f"right, and called wrong: {each}" for each in wronged]
    if (caught, told, sealed) != (wrong, wrong, PERSONS):
        faults.append(f"{wrong} planted, {caught} caught, {told} kept; {sealed} of {PERSONS} sealed")
    for fault in faults:
        print(fault)
    for step, times in desk.times.items():
        print(f"{step}: {len(times)} answers, p50 {percentile(times, 0.5):.1f} ms, p99 {percentile(times, 0.99):.1f} ms, "
              f"mean {statistics.mean(times):.1f} ms")
    if percentile(desk.times["yes or no"], 0.5) > MOST_MS:
        faults.append("slow")
        print(f"half of the answers took more than {MOST_MS} ms")
    print(f"{PERSONS} letters sealed among {wrong} planted faults: {len(faults)} complaints")
    house.stop()
    if faults:
        return 1
    shutil.rmtree(house.data.parent)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
