from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CircleFounded(Fact):
    circle_id: int


@dataclass(frozen=True, kw_only=True)
class CircleChanged(Fact):
    """Its name, its words or who may come in are others now."""

    circle_id: int


@dataclass(frozen=True, kw_only=True)
class CircleClosed(Fact):
    circle_id: int


@dataclass(frozen=True, kw_only=True)
class CircleAsked(Fact):
    """Somebody asks to be let into a circle that is not open."""

    circle_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class CircleJoined(Fact):
    circle_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class CircleLeft(Fact):
    """By oneself, or let go by one who leads it."""

    circle_id: int
    member_id: int
