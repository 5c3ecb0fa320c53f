"""The site that is killed: `linli serve` in a process group of its own, and what is in its database afterwards."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linli.site.tests.sites import ROOT, Place

READY_SECONDS = 60

SEED = """
import json
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from tests import factories
from tests.browser.sessions import session_key
sunny = factories.sunny()
entry = factories.entry(sunny.li_mei)
neighbours = factories.members(sunny.community, 240)  # nobody reaches the limit of comments
print(json.dumps({"entry": entry.pk, "sessions": [session_key(one.person) for one in neighbours]}))
"""

EXAMINE = """
import json
from django.db import connection
from linli.entries.models import Entry
from linli.kernel.models import Job, RecordedFact
from linli.talk.models import Comment
commented = [fact.payload["comment_id"] for fact in RecordedFact.objects.filter(kind="talk.Commented")]
found = {
    "comments": [[str(row.key), row.pk] for row in Comment.objects.all()],
    "facts": commented,
    "waiting": RecordedFact.objects.filter(dispatched_at=None).count(),
    "jobs": Job.objects.filter(dead_at=None).exclude(task__startswith="linli.kernel").count(),
    "dead": Job.objects.exclude(dead_at=None).count(),
    "counted": Entry.objects.order_by("pk").first().comments,
}
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found["integrity"] = cursor.fetchone()[0]
print(json.dumps(found))
"""


@dataclass
class Site:
    place: Place
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def seed(self) -> dict[str, Any]:
        self.place.does("migrate")
        seeded: dict[str, Any] = json.loads(self.place.runs(SEED).splitlines()[-1])
        return seeded

    def examine(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.place.runs(EXAMINE).splitlines()[-1])
        return found

    def start(self) -> float:
        """Seconds until it answers."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "linli", "serve", "--port", str(self.port)],
                cwd=ROOT, env=self.place.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        while time.monotonic() - began < READY_SECONDS:
            if self.process.poll() is not None:
                raise RuntimeError(f"linli serve ended by itself: {self.last_words()}")
            if self.answers():
                return time.monotonic() - began
            time.sleep(0.02)
        raise RuntimeError(f"linli serve did not answer: {self.last_words()}")

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/-/ready")
            return connection.getresponse().status == 200
        return False

    def kill(self) -> None:
        """All processes of the tree at once, as a power cut or the kernel would."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def wait_until_worked_off(self, seconds: float = 60) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while True:
            found = self.examine()
            if time.monotonic() > until or not (found["waiting"] or found["jobs"]):
                return found
            time.sleep(0.5)

    @property
    def log(self) -> Path:
        return self.place.data.with_suffix(".log")

    def last_words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
