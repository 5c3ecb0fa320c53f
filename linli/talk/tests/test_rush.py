"""Likes and comments pressed at the same moment, in real processes on a database of their own."""

import json
import subprocess
import sys
from pathlib import Path

from linli.kernel.tests.test_rough import environ  # noqa: F401  (a fixture)

ROOT = Path(__file__).resolve().parents[3]


def test_a_press_counts_once_however_many_come_at_once(environ, tmp_path) -> None:  # noqa: F811
    answer = tmp_path / "answer.json"
    command = [sys.executable, "-m", "linli.talk.tests.rush", str(answer)]

    done = subprocess.run(command, env=environ, cwd=ROOT, timeout=180, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(answer.read_text())
    counted = {"likes": 8, "comments": 8, "like rows": 8, "comment rows": 8, "Commented": 8, "Liked": 8, "Unliked": 0}
    assert told["errors"] == []
    assert told["pressed"] == counted
    assert told["released"] == counted | {"likes": 0, "like rows": 0, "Unliked": 8}
