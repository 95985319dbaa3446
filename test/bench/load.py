"""What the benchmarks of the whole server share: the release build's programs, loads, and figures."""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "test/server"))
from house import House, Visitor, work_directory  # noqa: E402, F401

CONNECTIONS = 64


def program(name):
    return next(path for path in sorted((ROOT / "build/release").rglob(name)) if path.is_file() and os.access(path, os.X_OK))


def say(metric, value, unit, limit=None):
    print(f"{metric} {value:.1f} {unit}" + (f" (limit {limit})" if limit else ""), flush=True)


def processor_seconds(house):
    """What the server's threads have used so far, in its own code and in the kernel for it."""
    threads = pathlib.Path(f"/proc/{house.process.pid}/task").glob("*/schedstat")
    return sum(int(each.read_text(encoding="ascii").split()[0]) for each in threads) / 1e9


def cookie_of(visitor):
    return "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())


def full_load(visitor, path, seconds):
    """wrk, which asks again as soon as it has its answer. Requests a second, and the server's processor µs a request."""
    script = visitor.house.data.parent / "wrk.lua"
    script.write_text(f'wrk.headers["Cookie"] = "{cookie_of(visitor)}"\n')
    before = processor_seconds(visitor.house)
    out = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", script,
                          f"http://localhost:{visitor.house.port}{path}"], capture_output=True, text=True, check=True).stdout
    used = processor_seconds(visitor.house) - before
    if "Non-2xx" in out or "Socket errors" in out:
        raise RuntimeError(out)
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), used / requests * 1e6


def steady_load(visitor, path, rate, seconds):
    """paced_load, which asks on time whether or not it has its answers. The rate kept, p50 and p99 in ms."""
    out = subprocess.run([program("paced_load"), str(visitor.house.port), path, cookie_of(visitor), str(rate), str(seconds),
                          str(CONNECTIONS)], capture_output=True, text=True, check=True).stdout
    kept, median, p99, _ = map(float, out.split())
    return kept, median, p99
