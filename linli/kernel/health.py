"""What an operator wants to know of the worker: is it alive, what waits, what fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q

from linli.kernel.models import Heartbeat, Job, RecordedFact

ALIVE = timedelta(seconds=60)
TROUBLES_MAX = 20


@dataclass(frozen=True)
class Trouble:
    """A job or reaction that fails: how many of it, and the last line of the newest error."""

    task: str
    count: int
    dead: int
    attempts: int
    since: datetime
    error: str


@dataclass(frozen=True)
class Health:
    facts_waiting: int
    oldest_fact_at: datetime | None
    jobs_due: int
    oldest_job_at: datetime | None
    failing: int  # will be tried again
    dead: int  # will not, until somebody says so
    troubles: tuple[Trouble, ...]
    heartbeat_at: datetime | None
    now: datetime

    @property
    def is_alive(self) -> bool:
        return self.heartbeat_at is not None and self.now - self.heartbeat_at < ALIVE


def health(*, now: datetime) -> Health:
    facts = RecordedFact.objects.filter(dispatched_at=None).aggregate(count=Count("pk"), oldest=Min("at"))
    jobs = Job.objects.aggregate(
        due=Count("pk", filter=Q(dead_at=None, run_at__lte=now)),
        oldest=Min("run_at", filter=Q(dead_at=None, run_at__lte=now)),
        failing=Count("pk", filter=Q(dead_at=None) & ~Q(error="")),
        dead=Count("pk", filter=Q(dead_at__isnull=False)),
    )
    return Health(
        facts_waiting=facts["count"],
        oldest_fact_at=facts["oldest"],
        jobs_due=jobs["due"],
        oldest_job_at=jobs["oldest"],
        failing=jobs["failing"],
        dead=jobs["dead"],
        troubles=_troubles(),
        heartbeat_at=Heartbeat.objects.aggregate(at=Max("at"))["at"],
        now=now,
    )


def _troubles() -> tuple[Trouble, ...]:
    failed = Job.objects.exclude(error="")
    groups = (
        failed.values("task")
        .annotate(
            count=Count("pk"),
            dead=Count("pk", filter=Q(dead_at__isnull=False)),
            most=Max("attempts"),
            since=Min("created_at"),
            newest=Max("pk"),
        )
        .order_by("-count")[:TROUBLES_MAX]
    )
    rows = list(groups)
    errors = dict(failed.filter(pk__in=[row["newest"] for row in rows]).values_list("pk", "error"))
    return tuple(
        Trouble(
            row["task"], row["count"], row["dead"], row["most"], row["since"], _last_line(errors.get(row["newest"], ""))
        )
        for row in rows
    )


def _last_line(error: str) -> str:
    lines = error.strip().splitlines()
    return lines[-1] if lines else ""
