from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Value, When

from linli.homes.models import Building, Occupancy, OccupancyKind, Unit, UnitKind


def label(building: str, entrance: str, unit: str) -> str:
    """“3号楼 2单元 501”; the entrance is left out where it has no name."""
    return " ".join(part for part in (building, entrance, unit) if part)


# A flat comes before a parking space when only one home is named.
_WEIGHT = Case(
    When(unit__kind=UnitKind.DWELLING, then=Value(0)),
    When(unit__kind=UnitKind.SHOP, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def _rows(member_ids: Iterable[int], *columns: str) -> Iterable[tuple[object, ...]]:
    current = Occupancy.objects.current().filter(member__in=set(member_ids))
    return current.order_by(_WEIGHT, "recorded_at", "id").values_list("member_id", *columns)


def homes_of(member_ids: Collection[int]) -> dict[int, str]:
    """Member → where they live; for stewards and one's own pages, others see `buildings_of`. One query."""
    found: dict[int, str] = {}
    if not member_ids:
        return found
    names = ("unit__entrance__building__name", "unit__entrance__name", "unit__name")
    for member_id, building, entrance, unit in _rows(member_ids, *names):
        found.setdefault(int(str(member_id)), label(str(building), str(entrance), str(unit)))
    return found


def buildings_of(member_ids: Collection[int]) -> dict[int, str]:
    """Member → name of the building; whether the viewer may see it is the caller's question. One query."""
    found: dict[int, str] = {}
    if not member_ids:
        return found
    for member_id, building in _rows(member_ids, "unit__entrance__building__name"):
        found.setdefault(int(str(member_id)), str(building))
    return found


def building_ids_of(member_id: int) -> tuple[int, ...]:
    """The buildings whose talk and notices concern the member now."""
    current = Occupancy.objects.current().filter(member=member_id)
    return tuple(current.order_by().values_list("unit__entrance__building_id", flat=True).distinct())


def building_label(building_id: int) -> str:
    return Building.objects.filter(pk=building_id).values_list("name", flat=True).first() or ""


@dataclass(frozen=True)
class MyHome:
    """A home a member belongs to."""

    occupancy_id: int
    unit_id: int
    building_id: int
    label: str
    kind: str
    kind_name: str
    since: date
    until: date | None


def current_homes(member_id: int) -> tuple[MyHome, ...]:
    rows = (
        Occupancy.objects.current()
        .filter(member=member_id)
        .select_related("unit__entrance__building")
        .order_by(_WEIGHT, "recorded_at", "id")
    )
    return tuple(
        MyHome(
            occupancy_id=row.pk,
            unit_id=row.unit_id,
            building_id=row.unit.entrance.building_id,
            label=label(row.unit.entrance.building.name, row.unit.entrance.name, row.unit.name),
            kind=row.kind,
            kind_name=str(OccupancyKind(row.kind).label),
            since=row.since,
            until=row.until,
        )
        for row in rows
    )


def unit_labels(unit_ids: Collection[int]) -> dict[int, str]:
    rows = Unit.objects.filter(pk__in=unit_ids).values_list("pk", "entrance__building__name", "entrance__name", "name")
    return {pk: label(building, entrance, unit) for pk, building, entrance, unit in rows}
