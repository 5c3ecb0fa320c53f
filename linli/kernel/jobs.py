"""Jobs (任务): work after the commit, done by the worker."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar, overload

from django.utils import timezone

from linli.kernel.models import Job

C = TypeVar("C", bound=Callable[..., None])
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Task:
    """What the worker runs for a job; `wants_now` when the function takes the time as an argument."""

    name: str
    function: Callable[..., None]
    is_transactional: bool
    lease: timedelta
    wants_now: bool

    def run(self, arguments: dict[str, Any], *, now: datetime) -> None:
        if self.wants_now:
            self.function(**arguments, now=now)
        else:
            self.function(**arguments)


@dataclass(frozen=True)
class Plan:
    """A job that comes back; `latest` answers its last tick that is not after the given time."""

    function: Callable[..., None]
    latest: Callable[[datetime], datetime]


tasks: dict[str, Task] = {}
plans: dict[str, Plan] = {}


def name_of(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def register(name: str, function: Callable[..., None], *, transactional: bool, lease_seconds: int) -> None:
    wants_now = "now" in inspect.signature(function).parameters
    tasks[name] = Task(name, function, transactional, timedelta(seconds=lease_seconds), wants_now)


@overload
def job(function: C, /) -> C: ...
@overload
def job(*, transactional: bool = True, lease_seconds: int | None = None) -> Callable[[C], C]: ...
def job(
    function: C | None = None, /, *, transactional: bool = True, lease_seconds: int | None = None
) -> C | Callable[[C], C]:
    """Register a function as a job.

    It runs in one transaction with its own end, so what it does in the database happens exactly once, and it should be
    short. One that talks to the world outside says `transactional=False`: it runs at least once, beside the others,
    and another worker takes it up again after its lease.
    """

    def registered(function: C) -> C:
        lease = lease_seconds or (30 if transactional else 600)
        register(name_of(function), function, transactional=transactional, lease_seconds=lease)
        return function

    return registered if function is None else registered(function)


def enqueue(
    function: Callable[..., None], *, run_at: datetime | None = None, key: str | None = None, **arguments: Any
) -> None:
    """Ask for a job; in a transaction it is there when that commits.

    With a key it is asked for once: a second time changes nothing while the first waits, or is dead.
    """
    name = name_of(function)
    if name not in tasks:
        raise ValueError(f"{name} is no job: decorate it with @job")
    now = timezone.now()
    row = Job(task=name, arguments=arguments, key=key, run_at=run_at or now, created_at=now)
    if key is None:
        row.save(force_insert=True)
    else:
        Job.objects.bulk_create([row], ignore_conflicts=True)


def every(*, minutes: int) -> Callable[[C], C]:
    """Run the job every so many minutes, counted from midnight UTC where they divide the day."""
    span = timedelta(minutes=minutes)
    return _planned(lambda now: now - (now - EPOCH) % span)


def daily(clock: str) -> Callable[[C], C]:
    """Run the job every day at this time ("03:30") of the server's time zone."""
    at = time.fromisoformat(clock)

    def latest(now: datetime) -> datetime:
        zone = timezone.get_default_timezone()
        today = now.astimezone(zone).date()
        tick = datetime.combine(today, at, zone)
        return tick if tick <= now else datetime.combine(today - timedelta(days=1), at, zone)

    return _planned(latest)


def _planned(latest: Callable[[datetime], datetime]) -> Callable[[C], C]:
    def planned(function: C) -> C:
        if name_of(function) not in tasks:
            job(function)
        plans[name_of(function)] = Plan(function, latest)
        return function

    return planned
