from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RegisterChanged(Fact):
    """Buildings, entrances or homes were added, renamed or removed."""

    building_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TitleRecorded(Fact):
    unit_id: int
    title_id: int


@dataclass(frozen=True, kw_only=True)
class TitleEnded(Fact):
    unit_id: int
    title_id: int


@dataclass(frozen=True, kw_only=True)
class MovedIn(Fact):
    unit_id: int
    member_id: int
    occupancy_kind: str  # owner, family, tenant


@dataclass(frozen=True, kw_only=True)
class MovedOut(Fact):
    unit_id: int
    member_id: int
