"""Drives one address with wrk and reads what the server's processes spent."""

from __future__ import annotations

import os
import re
import subprocess
import time
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """Requests per second, waits in ms, CPU of all the server's processes per request in ms."""

    name: str
    rps: float
    p50_ms: float
    p99_ms: float
    worst_ms: float
    cpu_ms: float
    requests: int
    errors: int
    memory_mb: float

    def as_dict(self) -> dict[str, float | str]:
        return asdict(self)


def measure(
    name: str, url: str, pid: int, *, script: Path | None = None, connections: int = 32, seconds: int = 6
) -> Measured:
    """One warm-up of two seconds, then the measurement."""
    _wrk(url, script, connections, 2)
    before = cpu_seconds(pid)
    out = _wrk(url, script, connections, seconds)
    spent = cpu_seconds(pid) - before
    requests = int(re.search(r"(\d+) requests in", out)[1])  # type: ignore[index]
    errors = sum(int(n) for n in re.findall(r"Non-2xx or 3xx responses: (\d+)", out))
    errors += sum(int(n) for found in re.findall(r"Socket errors: (.*)", out) for n in re.findall(r"\d+", found))
    return Measured(
        name=name,
        rps=float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]),  # type: ignore[index]
        p50_ms=_ms(re.search(r"^\s+50%\s+(\S+)", out, re.MULTILINE)[1]),  # type: ignore[index]
        p99_ms=_ms(re.search(r"^\s+99%\s+(\S+)", out, re.MULTILINE)[1]),  # type: ignore[index]
        worst_ms=_ms(re.search(r"Latency\s+\S+\s+\S+\s+(\S+)", out)[1]),  # type: ignore[index]
        cpu_ms=1000 * spent / max(1, requests),
        requests=requests,
        errors=errors,
        memory_mb=memory_mb(pid),
    )


def _wrk(url: str, script: Path | None, connections: int, seconds: int) -> str:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
    if script:
        command += ["-s", str(script)]
    return subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout  # noqa: S603


def _ms(text: str) -> float:
    found = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text)
    assert found, text
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[found[2]]


def tree(pid: int) -> list[int]:
    """The process and all below it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    total = 0
    for one in tree(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            continue
    return total / TICKS


def memory_mb(pid: int) -> float:
    """Proportional set size of the tree: shared pages count once."""
    total = 0
    for one in tree(pid):
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])  # type: ignore[index]
    return total / 1024


def wait_for(url: str, seconds: float = 30) -> float:
    """Seconds until the address answers."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310
                return time.monotonic() - began
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(url)
