from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class NoticePublished(Fact):
    entry_id: int
    is_urgent: bool
    homes: int  # how many it reached when it was sent


@dataclass(frozen=True, kw_only=True)
class NoticeCorrected(Fact):
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class NoticeEnded(Fact):
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class NoticeSeen(Fact):
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class NoticeConfirmed(Fact):
    entry_id: int
