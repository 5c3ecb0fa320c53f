"""Asks for the jobs that come back with the clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.kernel.jobs import Plan, daily, enqueue, every, plans
from linli.kernel.models import Job, Tick

__all__ = ["ask_for_ticks", "daily", "every"]


def ask_for_ticks(done: dict[str, datetime], *, now: datetime) -> None:
    """Ask for the jobs whose tick has come; `done` remembers, so that most calls ask no database."""
    for name, plan in plans.items():
        tick = plan.latest(now)
        if done.get(name) != tick:
            _ask_once(name, plan, tick)
            done[name] = tick


def _ask_once(name: str, plan: Plan, tick: datetime) -> None:
    with transaction.atomic():
        # A job seen for the first time waits for its next tick; ticks missed while the server was off become one.
        _, is_new = Tick.objects.get_or_create(task=name, defaults={"at": tick})
        if is_new or not Tick.objects.filter(task=name, at__lt=tick).update(at=tick):
            return
        # What died is tried again with the next tick; what still waits is not asked for twice.
        Job.objects.filter(key=f"tick:{name}", dead_at__isnull=False).delete()
        enqueue(plan.function, key=f"tick:{name}")
