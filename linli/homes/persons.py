"""Where members live, told to `people`, whose profiles and directory need it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from linli.homes.models import Building, Occupancy, UnitKind
from linli.people.places import Homes, Place, Register, read_places_with


def _places_of(member_ids: Collection[int]) -> Homes:
    current = Occupancy.objects.current().filter(member__in=member_ids).order_by("recorded_at", "id")
    found: dict[int, dict[Place, bool]] = defaultdict(dict)
    for member_id, building_id, name, kind in current.values_list(
        "member_id", "unit__entrance__building_id", "unit__entrance__building__name", "unit__kind"
    ):
        place = Place(building_id, name)
        found[member_id][place] = found[member_id].get(place, False) or kind == UnitKind.DWELLING
    # A flat comes before a parking space; otherwise the oldest first.
    return {member: tuple(sorted(rows, key=lambda place: not rows[place])) for member, rows in found.items()}


def _member_ids_in(building_id: int) -> QuerySet[Any, Any]:
    return Occupancy.objects.current().filter(unit__entrance__building=building_id).values("member_id")


def _buildings_of(community_id: int) -> tuple[Place, ...]:
    rows = Building.objects.filter(community_id=community_id).order_by("position", "id")
    return tuple(Place(pk, name) for pk, name in rows.values_list("pk", "name"))


read_places_with(Register(_places_of, _member_ids_in, _buildings_of))
