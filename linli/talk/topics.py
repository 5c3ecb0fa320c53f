"""The entry that is talked about, as far as an action needs it."""

from __future__ import annotations

from dataclasses import dataclass

from linli.entries.cards import home_label
from linli.entries.models import Entry
from linli.people.models import Member


@dataclass(frozen=True)
class Topic:
    """Who makes one has seen that the entry is visible."""

    entry_id: int
    reach: str
    home: str  # where the one who speaks lives


def topic_of(entry: Entry, by: Member) -> Topic:
    return Topic(entry.pk, entry.reach, home_label(by.pk))
