from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Sum
from django.http import Http404

from linli.homes.areas import area_text
from linli.homes.models import Building, Entrance, Occupancy, Unit, UnitKind
from linli.look.skyline import Building as Drawn


@dataclass(frozen=True)
class BuildingLine:
    id: int
    name: str
    homes: int
    with_accounts: int
    floors: int
    area: str

    @property
    def share(self) -> int:
        return round(100 * self.with_accounts / self.homes) if self.homes else 0


@dataclass(frozen=True)
class RegisterPage:
    buildings: tuple[BuildingLine, ...]

    @property
    def homes(self) -> int:
        return sum(building.homes for building in self.buildings)

    @property
    def with_accounts(self) -> int:
        return sum(building.with_accounts for building in self.buildings)


def register_page(community_id: int) -> RegisterPage:
    """All buildings with their counts: three statements for six homes or five thousand."""
    of_building: dict[int, Any] = {
        row["entrance__building_id"]: row
        for row in Unit.objects.filter(entrance__building__community_id=community_id)
        .order_by()
        .values("entrance__building_id")
        .annotate(homes=Count("pk"), top=Max("floor"), whole=Sum("area"))
    }
    with_accounts = dict(
        Occupancy.objects.current()
        .filter(unit__entrance__building__community_id=community_id)
        .order_by()
        .values_list("unit__entrance__building_id")
        .annotate(homes=Count("unit", distinct=True))
    )
    lines = []
    empty: dict[str, Any] = {"homes": 0, "top": 0, "whole": None}
    for pk, name in Building.objects.filter(community_id=community_id).values_list("pk", "name"):
        row = of_building.get(pk, empty)
        lines.append(
            BuildingLine(pk, name, row["homes"], with_accounts.get(pk, 0), row["top"], area_text(row["whole"]))
        )
    return RegisterPage(tuple(lines))


def building_choices(community_id: int) -> list[tuple[int, str]]:
    return list(Building.objects.filter(community_id=community_id).values_list("pk", "name"))


def entrance_choices(community_id: int) -> list[tuple[int, str]]:
    """Entrances of buildings that have several: “3号楼 2单元”; of one alone the building itself is named."""
    several = Entrance.objects.filter(building=OuterRef("building")).exclude(pk=OuterRef("pk"))
    rows = Entrance.objects.filter(Exists(several), building__community_id=community_id)
    ordered = rows.order_by("building__position", "building", "position", "pk")
    return [(pk, f"{building} {name}") for pk, building, name in ordered.values_list("pk", "building__name", "name")]


def building_or_404(community_id: int, pk: int) -> Building:
    building = Building.objects.filter(community_id=community_id, pk=pk).first()
    if building is None:
        raise Http404
    return building


def entrance_or_404(community_id: int, pk: int) -> Entrance:
    rows = Entrance.objects.select_related("building").filter(building__community_id=community_id, pk=pk)
    if (entrance := rows.first()) is None:
        raise Http404
    return entrance


@dataclass(frozen=True)
class UnitCell:
    id: int
    name: str
    area: str
    kind: str
    kind_name: str
    has_account: bool


@dataclass(frozen=True)
class FloorRow:
    floor: int
    units: tuple[UnitCell, ...]


@dataclass(frozen=True)
class EntrancePart:
    id: int
    name: str
    floors: tuple[FloorRow, ...]
    homes: int


@dataclass(frozen=True)
class BuildingPage:
    id: int
    name: str
    entrances: tuple[EntrancePart, ...]

    @property
    def homes(self) -> int:
        return sum(entrance.homes for entrance in self.entrances)

    @property
    def with_accounts(self) -> int:
        return sum(cell.has_account for part in self.entrances for row in part.floors for cell in row.units)


def building_page(building: Building) -> BuildingPage:
    """Entrances with their floors from the top down; two statements."""
    has_account = Exists(Occupancy.objects.current().filter(unit=OuterRef("pk")))
    floors: dict[int, dict[int, list[UnitCell]]] = defaultdict(lambda: defaultdict(list))
    units = Unit.objects.filter(entrance__building=building).annotate(has_account=has_account)
    rows = units.values_list("entrance_id", "floor", "pk", "name", "area", "kind", "has_account")
    for entrance_id, floor, pk, name, area, kind, flag in rows:
        cell = UnitCell(pk, name, area_text(area), kind, str(UnitKind(kind).label), flag)
        floors[entrance_id][floor].append(cell)
    parts = tuple(
        EntrancePart(
            pk,
            name,
            tuple(FloorRow(floor, tuple(cells)) for floor, cells in sorted(floors[pk].items(), reverse=True)),
            sum(len(cells) for cells in floors[pk].values()),
        )
        for pk, name in Entrance.objects.filter(building=building).values_list("pk", "name")
    )
    return BuildingPage(building.pk, building.name, parts)


def skyline_data(community_id: int) -> tuple[Drawn, ...]:
    """The buildings as the skyline draws them: floors, columns of windows, homes; one statement."""
    rows = (
        Unit.objects.filter(entrance__building__community_id=community_id)
        .order_by()
        .values("entrance__building__position", "entrance__building_id", "entrance__building__name")
        .annotate(homes=Count("pk"), floors=Max("floor"))
        .order_by("entrance__building__position", "entrance__building_id")
    )
    return tuple(
        Drawn(
            name=row["entrance__building__name"],
            floors=max(1, row["floors"]),
            columns=max(1, -(-row["homes"] // max(1, row["floors"]))),
            homes=row["homes"],
        )
        for row in rows
    )
