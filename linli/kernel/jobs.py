"""Jobs (任务): work after the commit, done by the worker.

A job and its own end are one transaction: what it writes to the database happens exactly once. Jobs that
talk to the outside (`transactional=False`) happen at least once.
"""

from __future__ import annotations

import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from linli.kernel.models import Job

C = TypeVar("C", bound=Callable[..., None])

LEASE = timedelta(minutes=5)
ATTEMPTS_MAX = 12
BACK_OFF_MAX = timedelta(hours=6)


@dataclass(frozen=True)
class Task:
    run: Callable[..., None]
    transactional: bool


@dataclass(frozen=True)
class Tick:
    """A job that comes by the clock; `next_key` names the tick a moment belongs to."""

    task: str
    minutes: int | None = None
    at: time | None = None

    def key(self, now: datetime) -> str | None:
        """The tick that is due at this moment, or None before the day's hour."""
        if self.minutes:
            return f"tick:{self.task}:{int(now.timestamp()) // (60 * self.minutes)}"
        local = timezone.localtime(now)
        if self.at and local.time() < self.at:
            return None
        return f"tick:{self.task}:{local.date().isoformat()}"


_tasks: dict[str, Task] = {}
_ticks: list[Tick] = []


def name_of(function: Callable[..., None]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def job(function: C | None = None, *, transactional: bool = True) -> Any:
    """Register a function as a job: `@job` or `@job(transactional=False)`."""

    def register(function: C) -> C:
        _tasks[name_of(function)] = Task(function, transactional)
        return function

    return register(function) if function else register


def every(*, minutes: int) -> Callable[[C], C]:
    """Run a job each so many minutes, once however many workers there are."""

    def register(function: C) -> C:
        _tasks.setdefault(name_of(function), Task(function, transactional=True))
        _ticks.append(Tick(name_of(function), minutes=minutes))
        return function

    return register


def daily(at: str) -> Callable[[C], C]:
    """Run a job once a day, from "HH:MM" in the server's time zone on."""

    def register(function: C) -> C:
        _tasks.setdefault(name_of(function), Task(function, transactional=True))
        _ticks.append(Tick(name_of(function), at=time.fromisoformat(at)))
        return function

    return register


def enqueue(
    function: Callable[..., None], *, run_at: datetime | None = None, key: str | None = None, **arguments: Any
) -> None:
    """Ask for the job, once per key; within a transaction it is there when that commits."""
    insert(Job(task=name_of(function), arguments=arguments, key=key), run_at=run_at, now=timezone.now())


def insert(row: Job, *, run_at: datetime | None, now: datetime) -> None:
    row.run_at, row.created_at = run_at or now, now
    Job.objects.bulk_create([row], ignore_conflicts=row.key is not None)


def enqueue_ticks(now: datetime) -> None:
    """Ask for the jobs whose hour has come; the key lets each tick be asked for once."""
    for tick in _ticks:
        key = tick.key(now)
        if key and key != _last_ticks.get(tick.task):
            insert(Job(task=tick.task, arguments={}, key=key), run_at=None, now=now)
            _last_ticks[tick.task] = key


_last_ticks: dict[str, str] = {}


def claim(now: datetime) -> Job | None:
    """Take the job that has waited longest, for the time of a lease."""
    due = (
        Job.objects.filter(dead_at=None, done_at=None, run_at__lte=now)
        .filter(Q(lease_until=None) | Q(lease_until__lt=now))
        .order_by("run_at", "id")
    )
    with transaction.atomic():
        rows = due.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else due
        found = rows.first()
        if found is None:
            return None
        found.lease_until = now + LEASE
        found.attempts += 1
        found.save(update_fields=("lease_until", "attempts"))
        return found


def run_one(now: datetime) -> bool:
    """Run one due job, if there is one; its failure is kept in its row and harms no other."""
    found = claim(now)
    if found is None:
        return False
    try:
        _run(found, now)
    except Exception as error:  # whatever a reaction raises must not stop the worker
        _fail(found, error, now)
    return True


def _run(row: Job, now: datetime) -> None:
    task = _tasks.get(row.task)
    if task is None:
        raise LookupError(f"there is no task {row.task}")
    if not task.transactional:
        task.run(**row.arguments)
        _finish(row, now)
        return
    with transaction.atomic():
        task.run(**row.arguments)
        _finish(row, now)


def _finish(row: Job, now: datetime) -> None:
    # A tick's row stays until it is swept, so that its key keeps the same tick from being asked for again.
    mine = Job.objects.filter(pk=row.pk, attempts=row.attempts)
    if row.key and row.key.startswith("tick:"):
        gone = mine.update(done_at=now)
    else:
        gone, _ = mine.delete()
    if not gone:
        raise RuntimeError("the lease ran out and another worker has taken the job")


def _fail(row: Job, error: Exception, now: datetime) -> None:
    wait = min(timedelta(seconds=10) * 3 ** (row.attempts - 1), BACK_OFF_MAX) * random.uniform(0.8, 1.2)  # noqa: S311
    text = "".join(traceback.format_exception(error))[-4000:]
    Job.objects.filter(pk=row.pk, attempts=row.attempts).update(
        error=text,
        lease_until=None,
        run_at=now + wait,
        dead_at=now if row.attempts >= ATTEMPTS_MAX else None,
    )


def retry_dead(now: datetime) -> int:
    """Let the jobs that were given up try again; an operator asks for this."""
    return Job.objects.exclude(dead_at=None).update(dead_at=None, attempts=0, run_at=now, lease_until=None)


@daily("04:10")
def sweep_ticks() -> None:
    """Ticks long past need no row."""
    Job.objects.filter(done_at__lt=timezone.now() - timedelta(days=3)).delete()
