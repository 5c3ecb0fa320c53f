"""The journal of facts (事实簿): every change writes one fact in its own transaction."""

from __future__ import annotations

import importlib
import inspect
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from linli.facts import Fact
from linli.kernel import jobs
from linli.kernel.models import Job, RecordedFact
from linli.kernel.prepared import PreparedRead

R = TypeVar("R", bound=Callable[..., None])
FACTS = "linli.facts."
COMMON = frozenset(field.name for field in fields(Fact))
BATCH = 200
_COLUMNS = tuple(field.attname for field in RecordedFact._meta.concrete_fields)
_ROW = PreparedRead(lambda fact_id: RecordedFact.objects.filter(pk=fact_id).values_list(*_COLUMNS))

_reactions: dict[str, list[str]] = defaultdict(list)  # kind of fact → names of jobs
_fields: dict[type[Fact], tuple[str, ...]] = {}
_INSERT = (
    "INSERT INTO kernel_recordedfact (kind, community_id, person_id, helper_id, payload, at) "
    "VALUES (%s, %s, %s, %s, %s, %s)"
)


@dataclass(frozen=True)
class Told:
    """A fact with its place in the journal."""

    id: int
    at: datetime
    fact: Fact


def kind_of(fact: type[Fact]) -> str:
    return f"{fact.__module__.removeprefix(FACTS)}.{fact.__qualname__}"


def _own_fields(fact: type[Fact]) -> tuple[str, ...]:
    found = _fields.get(fact)
    if found is None:
        found = _fields[fact] = tuple(field.name for field in fields(fact) if field.name not in COMMON)
    return found


def record(fact: Fact, *, now: datetime | None = None) -> None:
    """Write the fact with the change it tells of; only inside a transaction."""
    assert connection.in_atomic_block, "a fact is written in the transaction of its change"
    kind = type(fact)
    payload = json.dumps({name: getattr(fact, name) for name in _own_fields(kind)}, ensure_ascii=False)
    at = connection.ops.adapt_datetimefield_value(now or timezone.now())
    # By hand, because every write pays for it: a tenth of what the ORM takes.
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, (kind_of(kind), fact.community_id, fact.person_id, fact.helper_id, payload, at))


def on(*kinds: type[Fact]) -> Callable[[R], R]:
    """Register a reaction to these facts: `reaction(fact)`, or `reaction(fact, *, now)`.

    It runs after the commit, as a job of its own, in one transaction with the job's end; it fails alone and is tried
    again. It relies on no order.
    """

    def registered(reaction: R) -> R:
        wants_now = "now" in inspect.signature(reaction).parameters

        def react(fact_id: int, now: datetime) -> None:
            [row] = _ROW.rows(fact_id=fact_id)
            fact = load_fact(RecordedFact.from_db(None, _COLUMNS, row))
            if wants_now:
                reaction(fact, now=now)
            else:
                reaction(fact)

        name = jobs.name_of(reaction)
        jobs.register(name, react, transactional=True, lease_seconds=30)
        for kind in kinds:
            if name not in _reactions[kind_of(kind)]:
                _reactions[kind_of(kind)].append(name)
        return reaction

    return registered


def reactions_to(kind: type[Fact]) -> tuple[str, ...]:
    """The names of what follows from such a fact."""
    return tuple(_reactions.get(kind_of(kind), ()))


def load_fact(row: RecordedFact) -> Fact:
    kind = _class_of(row.kind)
    own = _own_fields(kind)
    # A field that a later version added has its default; one that an older version does not know is left out.
    values = {name: _frozen(value) for name, value in row.payload.items() if name in own}
    return kind(community_id=row.community_id, person_id=row.person_id, helper_id=row.helper_id, **values)


@cache
def _class_of(kind: str) -> type[Fact]:
    module, name = kind.rsplit(".", 1)
    found: type[Fact] = getattr(importlib.import_module(module if "." in module else FACTS + module), name)
    return found


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value


def dispatch(*, now: datetime, limit: int = BATCH) -> int:
    """Turn waiting facts into one job per reaction, in one transaction; answers how many facts."""
    waiting = RecordedFact.objects.filter(dispatched_at=None).order_by("pk")
    if not waiting.exists():
        return 0
    with transaction.atomic():
        facts = list(waiting.select_for_update(skip_locked=True).values_list("pk", "kind")[:limit])
        Job.objects.bulk_create(
            [
                Job(task=name, arguments={"fact_id": pk}, key=f"fact:{pk}:{name}", run_at=now, created_at=now)
                for pk, kind in facts
                for name in _reactions.get(kind, ())
            ],
            ignore_conflicts=True,
        )
        RecordedFact.objects.filter(pk__in=[pk for pk, _ in facts]).update(dispatched_at=now)
    return len(facts)


def facts_of(
    person_id: int,
    *,
    helper_id: int | None = None,
    community_id: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Told]:
    """What helpers (or one of them) have done for a person, the newest first; goes on from the id `before`."""
    rows = RecordedFact.objects.filter(person_id=person_id, helper_id__isnull=False)
    if helper_id is not None:
        rows = rows.filter(helper_id=helper_id)
    if community_id is not None:
        rows = rows.filter(community_id=community_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [Told(row.pk, row.at, load_fact(row)) for row in rows.order_by("-pk")[:limit]]
