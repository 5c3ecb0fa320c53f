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
