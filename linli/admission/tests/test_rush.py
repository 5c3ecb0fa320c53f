"""People who come at the same moment, in real processes on a database of their own."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from linli.kernel.tests.test_rough import environ  # noqa: F401  (a fixture)

ROOT = Path(__file__).resolve().parents[3]


def test_of_people_at_the_same_door_exactly_as_many_get_in_as_may(environ, tmp_path) -> None:  # noqa: F811
    answer = tmp_path / "answer.json"
    command = [sys.executable, "-m", "linli.admission.tests.rush", str(answer)]

    done = subprocess.run(command, env=environ, cwd=ROOT, timeout=180, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(answer.read_text())
    counted = {door: Counter(told[door]) for door in ("letter", "invitation", "title", "approve", "apply")}
    # Who got in by the letter already belongs, so the link may let in one more pair of feet without a use.
    assert counted["letter"] == {"in": 1, "used": 15}
    assert counted["invitation"]["in"] in (5, 6)
    assert counted["invitation"]["in"] + counted["invitation"]["invitation_full"] == 16
    assert counted["title"] == {"in": 5, "shares_over": 11}
    assert counted["approve"] == {"in": 1, "not_waiting": 15}
    assert counted["apply"] == {"in": 1, "already_waiting": 15}
    assert (told["occupancies"], told["uses"], told["members"], told["titles"]) == (1, 5, 6, 5)
    assert told["waiting"] == 1
