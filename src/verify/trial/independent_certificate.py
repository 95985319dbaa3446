#!/usr/bin/env python3
"""Write certificates of erasure from their description alone, and have azukari-verify judge them.

    independent_certificate.py VERIFIER [KEEP_FILE]

A second writing of the format (src/verify/form/certificate.h): the verifier is held against the description, not against
the server that usually writes it. Good ones must hold; each of the wrong ones, rightly signed all the same, must not.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from independent_bundle import ORIGIN, Signer, audit_path, b64, sha256, tree_head

ERASURE, ENTRUSTMENT = "0190a0b0-0000-7000-8000-0000000000aa", "0190a0b0-0000-7000-8000-0000000000e1"
PEOPLE = [f"0190a0b0-0000-7000-8000-00000000001{n}" for n in range(5)]
STEPS = ["begun", "keys", "rows", "elsewhere", "scrubbed", "checked"]


def at(minute):
    return f"2026-06-01T10:{minute:02}:00+09:00"


def person(role, number, minute, name):
    return f"{role} {at(minute)} {PEOPLE[number]} {name}"


def text(signer, wrong=""):
    """What is signed; `wrong` names the one thing that must not be said."""
    digest = sha256(b"").hex()
    lines = ["azukari-erasure/v1", f"ledger {ORIGIN}", f"key {signer.vkey}", "witness none", f"erasure {ERASURE}",
             "stage carried_out", f"outcome {'conditional' if wrong == 'outcome' else 'complete'}",
             f"entrustment {ENTRUSTMENT} 見本の委託", "ward 見本区", "contractor 株式会社見本印刷", "clause toku21 12",
             f"target batch {ERASURE}", "cause work_finished", f"persons 20 {digest}", f"keys 20 {digest}",
             "rows guidance_recipient 20", "method cryptographic_erase", "algorithm XAES-256-GCM", "tool azukari 0.1.0",
             person("planned", 0, 0, "見本 太郎"), person("agreed", 1, 1, "試験 花子"),
             person("agreed", 0 if wrong == "maker agrees" else 2, 2, "架空 次郎"),
             person("operator", 0, 3, "見本 太郎"),
             person("verifier", 0 if wrong == "operator checks" else 1, 9, "試験 花子")]
    for number, step in enumerate(STEPS):
        if wrong == "a step is missing" and step == "rows":
            continue
        entry = 10 if wrong == "entries out of order" else 10 + number
        generation = 5 if number == 0 or wrong == "keys not destroyed" else 6
        left = 3 if wrong == "something is left" and step == "checked" else 0 if step == "checked" else 20
        lines.append(f"step {step} {at(3 + number)} {entry} {left} {generation} 2")
    lines.append(f"trial {0 if wrong == 'nothing tried' else 16} {1 if wrong == 'one opened' else 0}")
    if wrong == "a copy is out":
        lines.append(f"copy 0190a0b0 package {at(1)}")
    if wrong == "a backup is alive":
        lines.append(f"backup {ERASURE} {at(1)} {at(2)}")
    lines += ["earlier none", f"issued {at(9)}"]
    return "\n".join(lines) + "\n"


def certificate(signer, said, digest=None):
    told = {"act": "erasure.certified", "actor": PEOPLE[1], "at": 1780275540000000, "entrustment": ENTRUSTMENT,
            "object": ERASURE, "outcome": "done", "seq": 16, "v": 1,
            "references": {"certificate": digest or sha256(said.encode()).hex(), "outcome": "complete",
                           "stage": "carried_out"}}
    entry = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    leaves = [sha256(b"\0" + str(n).encode()) for n in range(16)] + [sha256(b"\0" + entry)]
    checkpoint = signer.note(f"{ORIGIN}\n{len(leaves)}\n{b64(tree_head(leaves))}\n")
    path = "".join(b64(one) + "\n" for one in audit_path(16, leaves))
    proof = f"c2sp.org/tlog-proof@v1\nindex 16\n{path}\n{checkpoint}".encode()
    file = b"azukari-erasure-certificate/v1\n"
    for name, part in [("note", signer.note(said).encode()), ("entry", entry + b"\n"), ("proof", proof)]:
        file += f"{name} {len(part)}\n".encode() + part
    return file


def main():
    verifier = sys.argv[1]
    with tempfile.TemporaryDirectory() as temporary:
        signer = Signer(pathlib.Path(temporary))
        path = pathlib.Path(temporary) / "certificate"

        def judged(content):
            path.write_bytes(content)
            return subprocess.run([verifier, "certificate", path, "--vkey", signer.vkey], capture_output=True,
                                  check=False, text=True)

        good = certificate(signer, text(signer))
        answer = judged(good)
        assert answer.returncode == 0, answer.stdout
        if len(sys.argv) > 2:
            pathlib.Path(sys.argv[2]).write_bytes(good)
        wrongs = ["outcome", "maker agrees", "operator checks", "a step is missing", "entries out of order",
                  "keys not destroyed", "something is left", "nothing tried", "one opened", "a copy is out",
                  "a backup is alive"]
        for wrong in wrongs:
            answer = judged(certificate(signer, text(signer, wrong)))
            assert answer.returncode == 1, f"{wrong} was not noticed:\n{answer.stdout}"
        other = judged(certificate(signer, text(signer), digest=sha256(b"another").hex()))
        assert other.returncode == 1, "the ledger tells of another certificate"
        print(f"1 certificate holds, {len(wrongs) + 1} do not")


if __name__ == "__main__":
    main()
