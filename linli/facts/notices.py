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


@dataclass(frozen=True, kw_only=True)
class NoticePlanned(Fact):
    plan_id: int


@dataclass(frozen=True, kw_only=True)
class NoticePlanStopped(Fact):
    """It did not go out at its time; the code is that of a refusal."""

    plan_id: int
    code: str


@dataclass(frozen=True, kw_only=True)
class NoticeDelivered(Fact):
    """To so many more homes on paper."""

    entry_id: int
    homes: int
