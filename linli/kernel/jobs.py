"""Jobs (任务): work after the commit, done by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.utils import timezone

from linli.kernel.models import Job

C = TypeVar("C", bound=Callable[..., None])
_tasks: dict[str, Callable[..., None]] = {}


def name_of(function: Callable[..., None]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def job(function: C) -> C:
    """Register a function as a job."""
    _tasks[name_of(function)] = function
    return function


def enqueue(
    function: Callable[..., None], *, run_at: datetime | None = None, key: str | None = None, **arguments: Any
) -> None:
    """Ask for the job once per key; in a transaction it is there when that commits."""
    now = timezone.now()
    row = Job(task=name_of(function), arguments=arguments, key=key, run_at=run_at or now, created_at=now)
    Job.objects.bulk_create([row], ignore_conflicts=key is not None)
