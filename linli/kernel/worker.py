"""The worker: turns facts into jobs, runs jobs, keeps the clock of scheduled ones."""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections, connection
from django.db.utils import Error as DatabaseError
from django.utils import timezone

from linli.kernel import jobs, journal
from linli.kernel.models import Heartbeat, Job, RecordedFact

IDLE_SECONDS = 0.2
HEARTBEAT = timedelta(seconds=10)
ALIVE = timedelta(seconds=60)


@dataclass(frozen=True)
class Failing:
    task: str
    error: str
    attempts: int
    is_dead: bool


@dataclass(frozen=True)
class Health:
    """What `linli check` tells of journal and jobs."""

    oldest_fact_at: datetime | None
    due_jobs: int
    failing: tuple[Failing, ...]
    dead_jobs: int
    heartbeat_at: datetime | None

    def is_alive(self, now: datetime) -> bool:
        return self.heartbeat_at is not None and now - self.heartbeat_at < ALIVE


def run_worker(stop: threading.Event) -> None:
    """Work until told to stop; a lost database is waited for, never a reason to end."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    beat_at = timezone.now() - HEARTBEAT
    seen = -1
    while not stop.is_set():
        try:
            now = timezone.now()
            if now - beat_at >= HEARTBEAT:
                Heartbeat.objects.update_or_create(worker=name, defaults={"at": now})
                jobs.enqueue_ticks(now)
                beat_at, seen = now, -1
            version = _data_version()
            if version is not None and version == seen and not _is_job_due(now):
                stop.wait(IDLE_SECONDS)
                continue
            is_busy = bool(journal.dispatch(now)) | jobs.run_one(timezone.now())
            if not is_busy:
                seen = version if version is not None else -1
                stop.wait(IDLE_SECONDS)
        except DatabaseError:
            close_old_connections()
            stop.wait(2)
    Heartbeat.objects.filter(worker=name).delete()


def drain(now: datetime | None = None, most: int = 10_000) -> int:
    """Run everything that is due, as tests and the demo need it; returns how many jobs ran."""
    ran = 0
    while ran < most:
        moment = now or timezone.now()
        dispatched = journal.dispatch(moment)
        if jobs.run_one(moment):
            ran += 1
        elif not dispatched:
            break
    return ran


def health() -> Health:
    failing = Job.objects.exclude(error="").filter(done_at=None).order_by("-attempts")[:20]
    oldest = RecordedFact.objects.filter(dispatched_at=None).order_by("id").values_list("at", flat=True).first()
    return Health(
        oldest_fact_at=oldest,
        due_jobs=Job.objects.filter(dead_at=None, done_at=None, run_at__lte=timezone.now()).count(),
        failing=tuple(
            Failing(
                task=row.arguments.get("reaction") or row.task,
                error=row.error.strip().rsplit("\n", 1)[-1],
                attempts=row.attempts,
                is_dead=row.dead_at is not None,
            )
            for row in failing
        ),
        dead_jobs=Job.objects.exclude(dead_at=None).count(),
        heartbeat_at=Heartbeat.objects.order_by("-at").values_list("at", flat=True).first(),
    )


def _data_version() -> int | None:
    """SQLite says cheaply whether another connection has written; elsewhere None."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


def _is_job_due(now: datetime) -> bool:
    return Job.objects.filter(dead_at=None, done_at=None, run_at__lte=now).exists()
