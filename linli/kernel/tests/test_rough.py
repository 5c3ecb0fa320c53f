"""A rush and many sudden deaths, in real processes on a database of their own."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def environ(tmp_path):
    """The environment of a Linli with an empty database: PostgreSQL when the suite runs on it."""
    url = os.environ.get("LINLI_TEST_DATABASE", "sqlite")
    with own_database(url) as database:
        yield os.environ | {
            "LINLI_DATA": str(tmp_path),
            "LINLI_TEST_DATABASE": database,
            "LINLI_DATABASE": database,
            "DJANGO_SETTINGS_MODULE": "linli.settings.test",
        }


@contextlib.contextmanager
def own_database(url):
    if not url.startswith("postgres"):
        yield "sqlite"
        return
    import psycopg  # noqa: PLC0415  (not installed where SQLite alone is used)

    name = f"linli_trial_{os.getpid()}"
    server = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def trial(environ, tmp_path, *arguments):
    answer = tmp_path / "answer.json"
    command = [sys.executable, "-m", "linli.kernel.tests.trial", *arguments, str(answer)]
    done = subprocess.run(command, env=environ, cwd=ROOT, timeout=120, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(answer.read_text())


def test_a_rush_of_writers_is_exact_and_nobody_finds_the_database_locked(environ, tmp_path):
    told = trial(environ, tmp_path, "rush")

    in_blocks = told["asked"] * 7 // 8
    assert told["errors"] == []
    assert told["taken"] == told["facts"] == told["different"] == in_blocks
    assert told["alone"] == told["asked"] - in_blocks
    assert told["worst_ms"] < 3000


def test_no_fact_is_lost_and_no_effect_doubled_however_often_workers_are_killed(environ, tmp_path):
    told = trial(environ, tmp_path, "kills", "30")

    assert told["acknowledged"] > 30
    assert told["facts"] >= told["acknowledged"]
    assert told["lost"] == told["missing"] == told["doubled"] == told["strange"] == []
    assert told["left"] == 0
