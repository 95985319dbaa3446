#!/usr/bin/env python3
"""Make an evidence bundle from the published formats alone, and have azukari-verify judge it.

    independent_bundle.py VERIFIER ENTRIES [KEEP_DIR]

Nothing here knows the server's code: RFC 6962, RFC 8785 and the C2SP texts are written down a second time, so that the
verifier is held against the formats and not against our reading of them. Signing is left to the openssl command.
"""
import base64
import hashlib
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile

ORIGIN = "azukari.example/ledger"


def sha256(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def tree_head(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"")
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\1" + tree_head(leaves[:k]) + tree_head(leaves[k:]))


def audit_path(m, leaves):
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return audit_path(m, leaves[:k]) + [tree_head(leaves[k:])]
    return audit_path(m - k, leaves[k:]) + [tree_head(leaves[:k])]


class Signer:
    def __init__(self, folder):
        self.folder, self.key = folder, folder / "key.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.key], check=True)
        der = subprocess.run(["openssl", "pkey", "-in", self.key, "-pubout", "-outform", "DER"],
                             check=True, capture_output=True).stdout
        typed = b"\1" + der[-32:]
        self.id = sha256(ORIGIN.encode() + b"\n" + typed)[:4]
        self.vkey = "+".join([ORIGIN, self.id.hex(), b64(typed)])

    def note(self, text):
        message = self.folder / "message"
        message.write_text(text)
        signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", self.key, "-rawin", "-in", message],
                                   check=True, capture_output=True).stdout
        return f"{text}\n\u2014 {ORIGIN} {b64(self.id + signature)}\n"


def tiles(name, parts):
    for begin in range(0, len(parts), 256):
        some = parts[begin:begin + 256]
        width = "" if len(some) == 256 else f".p/{len(some)}"
        yield f"tile/{name}/{begin // 256:03}{width}", b"".join(some)


def bundle(signer, entries):
    leaves = [sha256(b"\0" + entry) for entry in entries]
    checkpoint = signer.note(f"{ORIGIN}\n{len(entries)}\n{b64(tree_head(leaves))}\n")
    yield "README.txt", b""
    yield "log.vkey", (signer.vkey + "\n").encode()
    yield "policy", f"log {signer.vkey}\nquorum none\n".encode()
    yield "checkpoint", checkpoint.encode()
    for begin in range(0, len(entries), 65536):
        lines = b"".join(entry + b"\n" for entry in entries[begin:begin + 65536])
        yield f"entries/{begin // 65536:04}.jsonl", lines
    yield from tiles("entries", [struct.pack(">H", len(entry)) + entry for entry in entries])
    level, hashes = 0, leaves
    while hashes:
        yield from tiles(level, hashes)
        hashes = [tree_head(hashes[i:i + 256]) for i in range(0, len(hashes) // 256 * 256, 256)]
        level += 1


def entry(seq):
    told = {"v": 1, "seq": seq, "outcome": "done", "at": 1795226700000000 + seq, "actor": "system",
            "act": "register.edited"}
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def main():
    verifier, count = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else temporary)
        signer, entries = Signer(pathlib.Path(temporary)), [entry(seq) for seq in range(count)]
        files = dict(bundle(signer, entries))
        with zipfile.ZipFile(folder / "bundle.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        checkpoint = files["checkpoint"].decode()
        leaves = [sha256(b"\0" + one) for one in entries]
        path = "".join(b64(one) + "\n" for one in audit_path(count // 2, leaves))
        (folder / "receipt").write_text(f"c2sp.org/tlog-proof@v1\nindex {count // 2}\n{path}\n{checkpoint}")
        (folder / "entry").write_bytes(entries[count // 2] + b"\n")
        (folder / "request").write_text(f"old 0\n\n{checkpoint}")
        judged = [["bundle", "bundle.zip"], ["inclusion", "receipt", "entry"]]
        for command, *names in judged:
            paths = [str(folder / name) for name in names]
            subprocess.run([verifier, command, *paths, "--vkey", signer.vkey], check=True)


if __name__ == "__main__":
    main()
