"""`make bench`: one run, all figures beside their limits; prints ratios and writes build/bench.json.

python -m bench [--quick] [--only sqlite|postgresql] [--members 5000 --entries 50000 --comments 200000]
PostgreSQL is measured where LINLI_TEST_POSTGRES (default postgres://root@127.0.0.1:5432/postgres) lets us make a database.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.load import Measured, measure, memory_mb, wait_for

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "bench.json"
POSTGRES = os.environ.get("LINLI_TEST_POSTGRES", "postgres://root@127.0.0.1:5432/postgres")
SECRET = "only-for-measuring-" * 3


def main() -> int:
    given = _arguments()
    if not shutil.which("wrk"):
        print("wrk is missing: apt-get install wrk", file=sys.stderr)  # noqa: T201
        return 2
    result: dict[str, Any] = {}
    for vendor in ("sqlite", "postgresql"):
        if given.only in (None, vendor):
            with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
                result[vendor] = _vendor(vendor, Path(folder), given)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1), encoding="utf-8")
    for vendor, measured in result.items():
        _print(vendor, measured)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--members", type=int, default=5000)
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--comments", type=int, default=200_000)
    parser.add_argument("--seconds", type=int, default=6)
    return parser.parse_args()


def _vendor(vendor: str, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    database = "sqlite" if vendor == "sqlite" else _new_postgres()
    env = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")} | {
        "LINLI_DATA": str(folder),
        "LINLI_DATABASE": database,
        "LINLI_SECRET_KEY": SECRET,
        "LINLI_LOG": "error",
        "DJANGO_SETTINGS_MODULE": "linli.settings.base",
    }
    sizes = [str(given.members), str(given.entries), str(given.comments)]
    seed = json.loads(_python(["-m", "bench.seed", *sizes], env))
    _python(["-m", "linli", "collect"], env)
    (folder / "seed.json").write_text(json.dumps(seed))
    captured = json.loads(_python(["-m", "bench.capture", str(folder / "seed.json")], env))
    (folder / "limit.json").write_text(json.dumps(captured["limit"]))
    scripts = _scripts(folder, seed)
    rows: list[Measured] = []
    with _granian("bench.bare:app", env) as (pid, base):
        rows.append(measure("bare", base, pid, seconds=given.seconds))
    with _granian("bench.limit:app", env | {"LINLI_TEST_LIMIT": str(folder / "limit.json")}) as (pid, base):
        rows.append(measure("limit", base, pid, script=scripts["session"], seconds=given.seconds))
    with _linli(env) as (pid, base, ready):
        time.sleep(2)
        idle = memory_mb(pid)
        rows += _pages(base, pid, scripts, seed, given.seconds)
    return {
        "rows": [row.as_dict() for row in rows],
        "queries": captured["queries"],
        "page_bytes": captured["bytes"],
        "idle_mb": idle,
        "ready_seconds": ready,
        "goals": _goals(rows, captured["queries"], idle, ready),
    }


def _pages(base: str, pid: int, scripts: dict[str, Path], seed: dict[str, Any], seconds: int) -> list[Measured]:
    entry = f"{base}/c/bench/entries/{seed['entry']}/"
    rows = [
        measure("log-in page", f"{base}/account/login/", pid, seconds=seconds),
        measure("feed, member", f"{base}/c/bench/", pid, script=scripts["session"], seconds=seconds),
        measure("feed, stranger", f"{base}/c/bench/", pid, seconds=seconds),
        measure("entry, 50 comments", entry, pid, script=scripts["session"], seconds=seconds),
    ]
    for connections in (1, 16):
        before = _comments(base, seed)
        row = measure(f"comment, {connections} at once", f"{base}/", pid, script=scripts["comment"],
                      connections=connections, seconds=seconds)  # fmt: skip
        rows.append(row)
        time.sleep(0.5)
        kept = _comments(base, seed) - before
        assert kept >= row.requests - row.errors, f"{row.requests} were acknowledged, {kept} are there"
    return rows


_counter: list[Any] = []


def _comments(base: str, seed: dict[str, Any]) -> int:
    return int(_counter[0]())


def _scripts(folder: Path, seed: dict[str, Any]) -> dict[str, Path]:
    cookies = ", ".join(f'"{key}"' for key in seed["sessions"])
    token = "a" * 32  # a browser that has seen a page has this cookie too
    session = folder / "session.lua"
    session.write_text(
        f"local keys = {{{cookies}}}\nlocal n = 0\n"
        "request = function()\n  n = n % #keys + 1\n"
        f'  return wrk.format("GET", nil, {{["Cookie"] = "csrf={token}; linli=" .. keys[n]}})\nend\n'
    )
    comment = folder / "comment.lua"
    comment.write_text(
        f"local keys = {{{cookies}}}\nlocal n = 0\nlocal start = os.time() .. tostring(os.clock()):gsub('%.', '')\n"
        "request = function()\n  n = n + 1\n"
        f'  local path = "/c/bench/entries/" .. ({seed["entry"]} - n % 20) .. "/comments/"\n'
        f'  local body = "csrfmiddlewaretoken={token}&body=%E4%BD%A0%E5%A5%BD%E9%82%BB%E5%B1%85&key=" .. start .. "-" .. n\n'
        '  return wrk.format("POST", path, {\n'
        f'    ["Cookie"] = "csrf={token}; linli=" .. keys[n % #keys + 1],\n'
        '    ["Content-Type"] = "application/x-www-form-urlencoded",\n'
        "  }, body)\nend\n"
    )
    return {"session": session, "comment": comment}


@contextlib.contextmanager
def _granian(app: str, env: dict[str, str]) -> Iterator[tuple[int, str]]:
    port = _free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--loop", "uvloop", "--backlog", "4096", "--backpressure", "20000", "--log-level", "error", app,
    ]  # fmt: skip
    process = subprocess.Popen(command, env=env, cwd=ROOT, start_new_session=True)  # noqa: S603
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield process.pid, f"http://127.0.0.1:{port}"
    finally:
        _end(process)


@contextlib.contextmanager
def _linli(env: dict[str, str]) -> Iterator[tuple[int, str, float]]:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "linli", "serve"],
        env=env | {"LINLI_PORT": str(port)},
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    _counter[:] = [lambda: _python(["-m", "bench.count"], env)]
    try:
        ready = wait_for(f"http://127.0.0.1:{port}/-/ready")
        yield process.pid, f"http://127.0.0.1:{port}", ready
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _python(arguments: list[str], env: dict[str, str]) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr[-3000:]}")
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _new_postgres() -> str:
    import psycopg

    base, _slash, _name = POSTGRES.rpartition("/")
    with psycopg.connect(POSTGRES, autocommit=True) as link:
        link.execute("DROP DATABASE IF EXISTS linli_bench WITH (FORCE)")
        link.execute("CREATE DATABASE linli_bench")
    return f"{base}/linli_bench"


def _goals(rows: list[Measured], queries: dict[str, Any], idle: float, ready: float) -> list[dict[str, Any]]:
    """What the ground's issue asks for; ratios within this run, so that a slow machine changes little."""
    by = {row.name: row for row in rows}
    bare, limit, feed = by["bare"], by["limit"], by["feed, member"]
    sixteen = by["comment, 16 at once"]
    figures = [
        ("feed, member ÷ limit", feed.rps / limit.rps, ">=", 0.50),
        ("feed, member ÷ bare", feed.rps / bare.rps, ">=", 0.06),
        ("feed, member: CPU ms", feed.cpu_ms, "<=", 0.8),
        ("feed, stranger ÷ bare", by["feed, stranger"].rps / bare.rps, ">=", 0.14),
        ("entry with 50 comments ÷ feed: CPU", by["entry, 50 comments"].cpu_ms / feed.cpu_ms, "<=", 1.2),
        ("comments, 16 at once ÷ bare", sixteen.rps / bare.rps, ">=", 0.016),
        ("comments, 16 at once: worst wait ms", sixteen.worst_ms, "<=", 250),
        ("requests that failed", sum(row.errors for row in rows), "<=", 0),
        ("statements more with 50,000 entries", sum(abs(q["large"] - q["small"]) for q in queries.values()), "<=", 0),
        ("idle memory MB", idle, "<=", 200),
        ("seconds until ready", ready, "<=", 3),
    ]
    return [
        {
            "what": what,
            "is": round(value, 4),
            "goal": f"{sign} {goal}",
            "met": value >= goal if sign == ">=" else value <= goal,
        }
        for what, value, sign, goal in figures
    ]


def _print(vendor: str, measured: dict[str, Any]) -> None:
    say = sys.stdout.write
    say(f"\n{vendor}: page of {measured['page_bytes']} bytes\n")
    say(f"{'':24}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'worst':>9}{'CPU ms':>9}{'MB':>7}{'errors':>8}\n")
    for row in measured["rows"]:
        say(f"{row['name']:24}{row['rps']:9.0f}{row['p50_ms']:9.2f}{row['p99_ms']:9.1f}{row['worst_ms']:9.1f}"
            f"{row['cpu_ms']:9.3f}{row['memory_mb']:7.0f}{row['errors']:8}\n")  # fmt: skip
    for goal in measured["goals"]:
        say(f"  {'ok  ' if goal['met'] else 'MISS'} {goal['what']:42}{goal['is']:>10} {goal['goal']}\n")


if __name__ == "__main__":
    raise SystemExit(main())
