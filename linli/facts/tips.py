from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TipSeriesChanged(Fact):
    """Switched on or off, or moved to another day or hour."""

    is_on: bool


@dataclass(frozen=True, kw_only=True)
class TipPublished(Fact):
    entry_id: int
    tip_id: int
    month: str  # 2026-11
