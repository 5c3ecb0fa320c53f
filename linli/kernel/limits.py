"""How often something may be done: so many times in a span that begins with the first.

Ask outside of the action's transaction: a refusal that rolls back would also forget the attempt.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import ngettext

from linli.kernel.models import Allowance
from linli.kernel.refusals import Refusal
from linli.kernel.tokens import digest

# One statement counts, begins a new span, or answers no row.
_USE = """
INSERT INTO kernel_allowance (key, used, until) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN kernel_allowance.until <= %s THEN 1 ELSE kernel_allowance.used + 1 END,
    until = CASE WHEN kernel_allowance.until <= %s THEN excluded.until ELSE kernel_allowance.until END
WHERE kernel_allowance.until <= %s OR kernel_allowance.used < %s
RETURNING used
"""


def allow(key: str, *, most: int, per_seconds: int, now: datetime) -> bool:
    """Count one more, unless that would be too many; what is refused is not counted."""
    if most < 1:
        return False
    adapt = connection.ops.adapt_datetimefield_value
    at, until = adapt(now), adapt(now + timedelta(seconds=per_seconds))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_USE, (_stored(key), until, at, at, at, most))
        return cursor.fetchone() is not None


def seconds_left(key: str, *, now: datetime) -> int:
    """Until the key's span ends; 0 when none has begun."""
    until = Allowance.objects.filter(key=_stored(key), until__gt=now).values_list("until", flat=True).first()
    return math.ceil((until - now).total_seconds()) if until else 0


def refuse_often(key: str, *, most: int, per_seconds: int, now: datetime, field: str = "") -> Refusal | None:
    """`allow`, as a rule answers it."""
    if allow(key, most=most, per_seconds=per_seconds, now=now):
        return None
    return too_often(seconds_left(key, now=now) or per_seconds, field)


def too_often(seconds: int, field: str = "") -> Refusal:
    minutes = max(1, math.ceil(seconds / 60))
    message = ngettext(
        "That was too often. Please try again in %(num)s minute.",
        "That was too often. Please try again in %(num)s minutes.",
        minutes,
    )
    return Refusal("too_often", message % {"num": minutes}, field)


def forget(key: str) -> None:
    """Begin anew, as after a log-in that succeeded."""
    Allowance.objects.filter(key=_stored(key)).delete()


def purge(*, now: datetime) -> int:
    return Allowance.objects.filter(until__lte=now).delete()[0]


def _stored(key: str) -> str:
    # Keys name addresses and phone numbers; the table shall not.
    return digest(f"limit:{key}")
