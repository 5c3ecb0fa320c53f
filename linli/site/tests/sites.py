"""Whole sites in folders of their own, worked by the `linli` command and by short programs, as an operator would."""

import contextlib
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from linli.settings.values import Database
from linli.settings.values import database as read_database

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Place:
    """A data folder and a database."""

    data: Path
    database: str = "sqlite"
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_", "PYTEST_"))
        }
        ours = {
            "LINLI_DATA": str(self.data),
            "LINLI_DATABASE": self.database,
            "PYTHONUTF8": "1",
            "LC_ALL": "en_GB.UTF-8",
            "PYTHONPATH": str(ROOT),
        }
        return kept | ours | {"DJANGO_SETTINGS_MODULE": "linli.settings.base"} | self.more

    def linli(self, *arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "linli", *arguments]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    def does(self, *arguments: str) -> str:
        done = self.linli(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refuses(self, *arguments: str) -> str:
        done = self.linli(*arguments)
        assert done.returncode != 0, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr

    def starts(self, program: str) -> "subprocess.Popen[str]":
        whole = "import django; django.setup()\n" + program
        command = [sys.executable, "-W", "ignore", "-c", whole]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)

    def runs(self, program: str) -> str:
        with self.starts(program) as process:
            out, _err = process.communicate(timeout=600)
        assert process.returncode == 0, out
        return out.strip()

    def files(self) -> dict[str, bytes]:
        """All that lies in the folder, apart from what every command may touch."""
        passing = (".gate", "-wal", "-shm", "serve.lock", "last_backup")
        return {
            str(path.relative_to(self.data)): path.read_bytes()
            for path in sorted(self.data.rglob("*"))
            if path.is_file() and not path.name.endswith(passing) and "static/" not in str(path)
        }


@contextlib.contextmanager
def a_database(server: str | None) -> Iterator[str]:
    """SQLite, or a new database on that PostgreSQL server, dropped afterwards."""
    if not server:
        yield "sqlite"
        return
    found = read_database(server)
    name = f"linli_site_{uuid.uuid4().hex[:10]}"
    with _administration(found) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        with _administration(found) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _administration(found: Database) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(
        host=found.host or None, port=found.port, user=found.user or None, password=found.password or None,
        dbname="postgres", autocommit=True,
    )  # fmt: skip
