"""What a small community talks about just now (docs/decisions/0070-hot.md). Pure: rows in, order out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

HALF_LIFE_MIN_HOURS, HALF_LIFE_MAX_HOURS = 24.0, 24.0 * 14
PACE = 20  # the community's pace is the age of its so-manieth newest entry
SAME_AUTHOR = 0.7


@dataclass(frozen=True)
class Candidate:
    id: int
    author_id: int | None
    at: datetime
    likes: int
    comments: int


def half_life_hours(newest_first: Sequence[Candidate], now: datetime) -> float:
    """How long it takes here until half of the attention is gone: a day where much is written, two weeks where little is."""
    if not newest_first:
        return HALF_LIFE_MAX_HOURS
    pace = newest_first[min(PACE, len(newest_first)) - 1]
    age = (now - pace.at).total_seconds() / 3600 * PACE / min(PACE, len(newest_first))
    return min(max(age, HALF_LIFE_MIN_HOURS), HALF_LIFE_MAX_HOURS)


def warmth(candidate: Candidate, *, half_life: float, now: datetime) -> float:
    """Attention that halves with time. Many words between two people count little more than few: hence the root."""
    attention = 1 + candidate.likes + 2 * math.sqrt(candidate.comments)
    age = max(0.0, (now - candidate.at).total_seconds() / 3600)
    return attention * math.pow(0.5, age / half_life)


def ranked(newest_first: Sequence[Candidate], *, now: datetime) -> list[int]:
    """Ids, the warmest first; each further entry of the same author counts less, so that one voice is not the page."""
    half_life = half_life_hours(newest_first, now)
    by_warmth = sorted(newest_first, key=lambda one: (warmth(one, half_life=half_life, now=now), one.id), reverse=True)
    seen: dict[int | None, int] = {}
    weighed = []
    for one in by_warmth:
        before = seen.get(one.author_id, 0) if one.author_id else 0
        seen[one.author_id] = before + 1
        weighed.append((warmth(one, half_life=half_life, now=now) * SAME_AUTHOR**before, one.id))
    return [pk for _weight, pk in sorted(weighed, reverse=True)]
