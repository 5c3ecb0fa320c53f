"""Claims jobs and runs them: what they do in the database happens exactly once, everything else at least once."""

from __future__ import annotations

import logging
import random
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from linli.kernel.jobs import Task, tasks
from linli.kernel.models import Job

logger = logging.getLogger(__name__)
ATTEMPTS_MAX = 12
PAUSE_SECONDS, PAUSE_MAX_SECONDS = 10, 6 * 60 * 60
ERROR_LENGTH = 4000
BATCH = 10


class Lane(Enum):
    """Jobs that wait for the world outside must not hold up the others."""

    INSIDE = "inside"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Claim:
    """The right to run a job; `lease_until` is the proof of it."""

    id: int
    task: str
    arguments: dict[str, Any]
    attempts: int
    lease_until: datetime


class LeaseLost(Exception):
    """Another worker has taken the job."""


def outside() -> list[str]:
    return [task.name for task in tasks.values() if not task.is_transactional]


def waiting(lane: Lane | None) -> QuerySet[Job]:
    alive = Job.objects.filter(dead_at=None)
    if lane is None:
        return alive
    return alive.filter(task__in=outside()) if lane is Lane.OUTSIDE else alive.exclude(task__in=outside())


def due(lane: Lane | None, *, now: datetime, with_immediate: bool = False) -> QuerySet[Job]:
    """Jobs whose time has come; with those for which no other time than at once was asked."""
    come = Q(run_at__lte=now)
    if with_immediate:
        come |= Q(run_at=F("created_at"))
    return waiting(lane).filter(come)


def claim(lane: Lane | None, *, now: datetime, with_immediate: bool = False) -> list[Claim]:
    """Take some due jobs.

    A job whose worker was lost with it is taken alone and counts as tried, so that one that kills its worker wears out
    without taking others along.
    """
    found = due(lane, now=now, with_immediate=with_immediate)
    lost = [
        claim for claim in _take(found.filter(lease_until__lte=now), 1, now=now) if not _is_worn_out(claim, now=now)
    ]
    return lost or _take(found.filter(lease_until=None), 1 if lane is Lane.OUTSIDE else BATCH, now=now)


def _take(jobs: QuerySet[Job], most: int, *, now: datetime) -> list[Claim]:
    if not jobs.exists():  # most of the time; no transaction for that
        return []
    with transaction.atomic():
        chosen = jobs.order_by("attempts", "run_at", "pk").select_for_update(skip_locked=True)
        rows = list(chosen.values_list("pk", "task", "arguments", "attempts", "lease_until")[:most])
        until = now + max((_lease(row[1]) for row in rows), default=timedelta())
        claims = [
            Claim(pk, task, arguments, attempts + (lease is not None), until)
            for pk, task, arguments, attempts, lease in rows
        ]
        # The choice is locked: on PostgreSQL by the rows, on SQLite because only one transaction writes.
        tried = Case(When(lease_until=None, then=F("attempts")), default=F("attempts") + Value(1))
        Job.objects.filter(pk__in=[claim.id for claim in claims]).update(lease_until=until, attempts=tried)
    return claims


def _lease(name: str) -> timedelta:
    task = tasks.get(name)
    return task.lease if task else timedelta(seconds=30)


def _is_worn_out(claim: Claim, *, now: datetime) -> bool:
    if claim.attempts < ATTEMPTS_MAX:
        return False
    mine(claim).update(dead_at=now, lease_until=None, error="The worker ended each time it ran this.")
    return True


def mine(claim: Claim) -> QuerySet[Job]:
    return Job.objects.filter(pk=claim.id, lease_until=claim.lease_until)


def run(claim: Claim, *, now: datetime) -> Exception | None:
    """Run one job and take it off the list; a failure is answered and kept for a later attempt."""
    try:
        task = tasks.get(claim.task)
        if task is None:
            raise LookupError(f"There is no job named {claim.task}.")
        _run(task, claim, now=now)
    except LeaseLost:
        logger.warning("Job %s was taken by another worker.", claim.task)
    except Exception as error:  # noqa: BLE001  (a job fails alone, whatever it raises)
        _put_back(claim, error, now=now)
        return error
    return None


def _run(task: Task, claim: Claim, *, now: datetime) -> None:
    if task.is_transactional:
        with transaction.atomic():
            # Taken off first: that locks the row, and the job may be asked for again under the same key meanwhile.
            _take_off(claim)
            task.run(claim.arguments, now=now)
    else:
        task.run(claim.arguments, now=now)
        _take_off(claim)


def _take_off(claim: Claim) -> None:
    until = connection.ops.adapt_datetimefield_value(claim.lease_until)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_job WHERE id = %s AND lease_until = %s", (claim.id, until))
        if not cursor.rowcount:
            raise LeaseLost


def _put_back(claim: Claim, error: Exception, *, now: datetime) -> None:
    attempts = claim.attempts + 1
    is_dead = attempts >= ATTEMPTS_MAX
    # The message may hold what residents wrote: it stays in the database and out of the log.
    logger.warning(
        "Job %s failed (%s), attempt %d%s.", claim.task, type(error).__name__, attempts, ", the last" if is_dead else ""
    )
    mine(claim).update(
        attempts=attempts,
        lease_until=None,
        run_at=now + pause_after(attempts),
        dead_at=now if is_dead else None,
        error="".join(traceback.format_exception(error)).replace("\0", "")[-ERROR_LENGTH:],
    )


def pause_after(attempts: int) -> timedelta:
    """10 s, 30 s, 90 s … up to 6 hours, a little scattered so that what failed together does not return together."""
    seconds = min(PAUSE_SECONDS * 3 ** (attempts - 1), PAUSE_MAX_SECONDS)
    return timedelta(seconds=seconds * random.uniform(0.9, 1.1))  # noqa: S311  (no secret)


def give_back(claims: Iterable[Claim]) -> None:
    """What a worker that ends has claimed and not begun."""
    for claim in claims:
        mine(claim).update(lease_until=None)


def retry_dead(task: str | None = None, *, now: datetime) -> int:
    """Run dead jobs again from the beginning; answers how many."""
    dead = Job.objects.filter(dead_at__isnull=False)
    if task is not None:
        dead = dead.filter(task=task)
    return dead.update(dead_at=None, attempts=0, lease_until=None, run_at=now)


def next_run_at(lane: Lane) -> datetime | None:
    """When the next job comes that nobody has taken."""
    return waiting(lane).filter(lease_until=None).order_by("run_at").values_list("run_at", flat=True).first()
