"""What helpers do, in plain words. An app says here, when it starts, how its facts are told to the member in whose name
they happened, and how one of them is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.facts import Fact
from linli.kernel.journal import kind_of
from linli.people.models import Member


@dataclass(frozen=True, kw_only=True)
class Told:
    """One act in words: “wrote on the board”, with the text's beginning and where it stands."""

    words: str
    quote: str = ""
    url: str = ""
    may_undo: bool = False  # it still stands and could be taken back


# (the member, their facts of one kind) → the words of each, in the same order; a fixed number of queries.
Teller = Callable[[Member, Sequence[Any]], Sequence[Told]]
Undo = Callable[[Member, Any, datetime], None]


@dataclass(frozen=True)
class Act:
    tell: Teller
    undo: Undo | None
    undo_words: object  # lazy translation, a verb: “Delete the post”


_ACTS: dict[str, Act] = {}


def register(fact: type[Fact], tell: Teller, *, undo: Undo | None = None, undo_words: object = "") -> None:
    _ACTS[kind_of(fact)] = Act(tell, undo, undo_words)


def act_for(kind: str) -> Act | None:
    return _ACTS.get(kind)


def registered() -> Mapping[str, Act]:
    return _ACTS


_MUTED: set[str] = set()


def mute(*facts: type[Fact]) -> None:
    """Facts that only accompany another one, which is told."""
    _MUTED.update(kind_of(fact) for fact in facts)


def muted() -> frozenset[str]:
    return frozenset(_MUTED)
