"""A real Linli for browser tests: the same process tree as `linli serve`, on the demo community."""

import contextlib
import ctypes
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from linli.people.roles import Role

ROOT = Path(__file__).resolve().parent.parent.parent
PR_SET_PDEATHSIG = 1
READY_SECONDS = 60


@dataclass(frozen=True)
class Actor:
    """One of the demo's members, logged in already."""

    name: str
    member: int
    person: int
    slug: str
    roles: int
    key: str


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_", "PYTEST_"))}
    return kept | {"LINLI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "linli.settings.base", "PYTHONUTF8": "1"}


def run(data: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env=environment(data), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def seed(data: Path) -> None:
    """Build the demo community in an empty folder and log its members in."""
    data.mkdir(parents=True)
    run(data, "linli", "demo")
    (data / "sessions.json").write_text(run(data, "tests.browser.sessions"), "utf-8")


def end_with_the_tests() -> None:
    """Asks Linux to end this process when the one that started it is killed, so that no server is left behind."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """One running server on its own copy of a seeded folder."""

    def __init__(self, seeded: Path, data: Path) -> None:
        shutil.copytree(seeded, data)
        self.data = data
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        told = json.loads((data / "sessions.json").read_text("utf-8"))
        self.cookie: str = told["cookie"]
        self.cast = [Actor(**row) for row in told["cast"]]
        self.log = data / "server.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "linli", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env=environment(data),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=end_with_the_tests,  # noqa: PLW1509  (no other thread runs Python here)
            )
        self._wait()

    def _wait(self) -> None:
        begun = time.monotonic()
        while time.monotonic() - begun < READY_SECONDS and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/", timeout=5).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
            else:
                return
        self.stop()
        raise AssertionError(f"the server did not start:\n{self.log.read_text('utf-8')[-4000:]}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def actor(self, name: str) -> Actor:
        """By name, or by a part of it."""
        return next(actor for actor in self.cast if name in actor.name)

    def with_role(self, role: Role, slug: str = "sunny") -> Actor:
        return next(actor for actor in self.cast if actor.roles & role and actor.slug == slug)

    def sql(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Looks at or changes the database beside the running server."""
        with sqlite3.connect(next(self.data.glob("*.sqlite3")), timeout=20) as database:
            rows = database.execute(statement, values).fetchall()
        database.close()
        return rows

    def prefer(self, actor: Actor, *, language: str, size: str, theme: str) -> None:
        """How the person likes pages, as the switches in the page would set it."""
        self.sql(
            "UPDATE people_person SET language = ?, size = ?, theme = ? WHERE id = ?",
            language,
            size,
            theme,
            actor.person,
        )
