from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EntryPosted(Fact):
    entry_id: int
    entry_kind: str


@dataclass(frozen=True, kw_only=True)
class EntryEdited(Fact):
    entry_id: int
    entry_kind: str


@dataclass(frozen=True, kw_only=True)
class EntryDeleted(Fact):
    entry_id: int
    entry_kind: str


@dataclass(frozen=True, kw_only=True)
class EntryPinned(Fact):
    entry_id: int
    entry_kind: str


@dataclass(frozen=True, kw_only=True)
class EntryUnpinned(Fact):
    entry_id: int
    entry_kind: str


@dataclass(frozen=True, kw_only=True)
class EntryFeatured(Fact):
    """Taken among the community's best (精华)."""

    entry_id: int
    entry_kind: str


@dataclass(frozen=True, kw_only=True)
class EntryUnfeatured(Fact):
    entry_id: int
    entry_kind: str


@dataclass(frozen=True, kw_only=True)
class Mentioned(Fact):
    """Somebody was spoken to by name, and may see it."""

    entry_id: int
    comment_id: int | None
    mentioned_id: int | None  # the person
