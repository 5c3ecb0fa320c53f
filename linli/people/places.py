"""Where members live, as far as profiles need it. The register of homes stands above this package and says here how to
read it; without one (a study circle) nobody lives anywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Place:
    """A building, never the door."""

    building_id: int
    building: str


# Member id → the buildings they live in now, the dwelling first.
Homes = Mapping[int, tuple[Place, ...]]


@dataclass(frozen=True)
class Register:
    places_of: Callable[[Collection[int]], Homes]  # one query
    # Building id → the ids of members who live there, as a subquery.
    member_ids_in: Callable[[int], QuerySet[Any, Any]]
    # Community id → its buildings in order. One query.
    buildings_of: Callable[[int], tuple[Place, ...]]


_registers: list[Register] = []


def read_places_with(register: Register) -> None:
    _registers[:] = [register]


def places_of(member_ids: Collection[int]) -> Homes:
    return _registers[0].places_of(member_ids) if _registers and member_ids else {}


def member_ids_in(building_id: int) -> QuerySet[Any, Any] | tuple[int, ...]:
    return _registers[0].member_ids_in(building_id) if _registers else ()


def buildings_of(community_id: int) -> tuple[Place, ...]:
    return _registers[0].buildings_of(community_id) if _registers else ()
