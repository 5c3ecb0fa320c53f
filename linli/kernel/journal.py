"""The journal of facts (事实簿): every change writes one fact in its own transaction."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from linli.facts import Fact
from linli.kernel.jobs import job, name_of
from linli.kernel.models import Job, RecordedFact

F = TypeVar("F", bound=Fact)
Reaction = Callable[[Any], None]
_reactions: dict[str, list[Reaction]] = defaultdict(list)


def kind_of(fact: type[Fact]) -> str:
    return f"{fact.__module__.removeprefix('linli.facts.')}.{fact.__name__}"


def record(fact: Fact, *, now: datetime | None = None) -> None:
    """Write the fact with the change it tells of; only inside a transaction."""
    assert transaction.get_connection().in_atomic_block, "a fact is written in the transaction of its change"
    values = asdict(fact)
    RecordedFact.objects.create(
        kind=kind_of(type(fact)),
        community_id=values.pop("community_id"),
        person_id=values.pop("person_id"),
        helper_id=values.pop("helper_id"),
        payload=values,
        at=now or timezone.now(),
    )


def on(*kinds: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Register a reaction to these facts; it must end in the same state when run twice."""

    def register(reaction: Callable[[F], None]) -> Callable[[F], None]:
        for kind in kinds:
            _reactions[kind_of(kind)].append(reaction)
        return reaction

    return register


def reactions_to(kind: str) -> list[Reaction]:
    return _reactions[kind]


def load_fact(row: RecordedFact) -> Fact:
    module, name = row.kind.rsplit(".", 1)
    fact: type[Fact] = getattr(importlib.import_module(f"linli.facts.{module}"), name)
    # JSON has no tuples; facts hold nothing else that it changes.
    payload = {name: tuple(value) if isinstance(value, list) else value for name, value in row.payload.items()}
    return fact(community_id=row.community_id, person_id=row.person_id, helper_id=row.helper_id, **payload)


def dispatch(now: datetime, batch: int = 100) -> int:
    """Turn facts into one job per reaction, in one transaction, so that each fact fans out exactly once."""
    if not RecordedFact.objects.filter(dispatched_at=None).exists():
        return 0
    with transaction.atomic():
        waiting = RecordedFact.objects.filter(dispatched_at=None).order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        rows = list(waiting[:batch])
        Job.objects.bulk_create(
            Job(
                task=name_of(react),
                arguments={"fact_id": row.pk, "reaction": name_of(reaction)},
                key=f"fact:{row.pk}:{name_of(reaction)}"[-200:],
                run_at=now,
                created_at=now,
            )
            for row in rows
            for reaction in _reactions[row.kind]
        )
        RecordedFact.objects.filter(pk__in=[row.pk for row in rows]).update(dispatched_at=now)
    return len(rows)


@job
def react(fact_id: int, reaction: str) -> None:
    """One reaction to one fact; what it writes and the job's end are one transaction."""
    row = RecordedFact.objects.get(pk=fact_id)
    for found in _reactions[row.kind]:
        if name_of(found) == reaction:
            found(load_fact(row))
            return
    # The reaction was removed from the code since the fact was recorded: nothing is left to do.


def facts_of(*, person_id: int, helper_id: int | None = None, community_id: int | None = None, most: int = 100) -> list[RecordedFact]:
    """What helpers did for a person, newest first."""
    rows = RecordedFact.objects.filter(person_id=person_id, helper_id__isnull=False)
    if helper_id:
        rows = rows.filter(helper_id=helper_id)
    if community_id:
        rows = rows.filter(community_id=community_id)
    return list(rows.order_by("-id")[:most])
