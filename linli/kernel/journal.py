"""The journal of facts (事实簿): every change writes one fact in its own transaction."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from linli.facts import Fact
from linli.kernel.models import RecordedFact

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
    return fact(
        community_id=row.community_id, person_id=row.person_id, helper_id=row.helper_id, **row.payload
    )
