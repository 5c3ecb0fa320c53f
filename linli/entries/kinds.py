"""The kinds of entry. A feature registers its kind when its app starts; feed, comments, likes and
moderation know only what stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from markupsafe import Markup

from linli.people.models import Member

# What a kind adds under the text on the entry's own page: (request, entry id, member or None) → HTML.
Panel = Callable[[HttpRequest, int, Member | None], Markup]
# What a kind lays over cards for one viewer: (member, entry ids) → {entry id: HTML}; a fixed number of queries.
Overlay = Callable[[Member, Iterable[int]], dict[int, Markup]]


@dataclass(frozen=True, kw_only=True)
class EntryKind:
    key: str
    label: object  # lazy translation
    icon: str  # name of a lucide icon
    colour: str = "ink"  # token of the card's edge
    is_announced: bool = False  # shown to those who block its author
    panel: Panel | None = None
    overlay: Overlay | None = None
    edit_url: str = ""  # name of the URL (slug, pk) that edits it, if not the board's own
    is_composed: bool = False  # written in the board's own form
    hint: object = ""  # what it is for, where one chooses a kind
    waiting: object = ""  # chip of one that waits to be settled, such as a question
    settled: object = ""  # chip of one that is


_KINDS: dict[str, EntryKind] = {}


def register(kind: EntryKind) -> None:
    _KINDS[kind.key] = kind


def kind_of(key: str) -> EntryKind:
    return _KINDS[key]


def composed() -> tuple[EntryKind, ...]:
    """Those that one may choose between when writing to the board."""
    return tuple(kind for kind in _KINDS.values() if kind.is_composed)


def waiting_kinds() -> tuple[str, ...]:
    """Those of which one waits until it is settled, such as questions."""
    return tuple(key for key, kind in _KINDS.items() if kind.settled)


def overlays() -> dict[str, Overlay]:
    return {kind.key: kind.overlay for kind in _KINDS.values() if kind.overlay}
