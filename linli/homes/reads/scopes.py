"""Which homes something is for: the whole estate, buildings, entrances, a floor, or homes picked one by one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.homes.models import Occupancy, Unit, UnitKind
from linli.homes.reads.labels import label

LIVED_IN = (UnitKind.DWELLING, UnitKind.SHOP, UnitKind.OTHER)


@dataclass(frozen=True)
class Scope:
    """With nothing named, the whole community; what is named adds up. A floor narrows what is named."""

    community_id: int
    building_ids: tuple[int, ...] = ()
    entrance_ids: tuple[int, ...] = ()
    unit_ids: tuple[int, ...] = ()
    floor: int | None = None
    only_without_account: bool = False
    with_parking: bool = False


@dataclass(frozen=True)
class ScopedHome:
    unit_id: int
    building_id: int
    building: str
    entrance: str
    name: str
    floor: int
    has_account: bool
    residents: tuple[str, ...] = field(default=())

    @property
    def label(self) -> str:
        return label(self.building, self.entrance, self.name)


def _lived_in() -> Exists:
    return Exists(Occupancy.objects.current().filter(unit=OuterRef("pk")))


def units_in(scope: Scope) -> QuerySet[Unit]:
    """The homes of the scope, never outside its community."""
    units = Unit.objects.filter(entrance__building__community_id=scope.community_id)
    if scope.building_ids or scope.entrance_ids or scope.unit_ids:
        units = units.filter(
            Q(entrance__building__in=scope.building_ids) | Q(entrance__in=scope.entrance_ids) | Q(pk__in=scope.unit_ids)
        )
    if scope.floor is not None:
        units = units.filter(floor=scope.floor)
    if not scope.with_parking:
        units = units.filter(kind__in=LIVED_IN)
    if scope.only_without_account:
        units = units.filter(~_lived_in())
    return units.order_by("entrance__building__position", "entrance__building", "entrance__position", "position", "pk")


def homes_in(scope: Scope, *, with_residents: bool = False) -> tuple[ScopedHome, ...]:
    """In the order in which one walks through the estate; two queries at most."""
    units = units_in(scope)
    residents: dict[int, list[str]] = defaultdict(list)
    if with_residents:
        current = Occupancy.objects.current().filter(unit__in=units.order_by().values("pk"))
        for unit_id, name in current.order_by("id").values_list("unit_id", "member__name"):
            residents[unit_id].append(name)
    rows = units.annotate(has_account=_lived_in()).values_list(
        "pk", "entrance__building_id", "entrance__building__name", "entrance__name", "name", "floor", "has_account"
    )
    return tuple(
        ScopedHome(pk, building_id, building, entrance, name, floor, has_account, tuple(residents[pk]))
        for pk, building_id, building, entrance, name, floor, has_account in rows
    )


def count_in(scope: Scope) -> tuple[int, int]:
    """How many homes, and how many of them have somebody with an account."""
    units = units_in(scope).order_by()
    return units.count(), units.filter(_lived_in()).count()


def member_ids_in(scope: Scope) -> tuple[int, ...]:
    """Everybody who belongs to one of the homes now."""
    current = Occupancy.objects.current().filter(unit__in=units_in(scope).order_by().values("pk"))
    return tuple(current.order_by("member_id").values_list("member_id", flat=True).distinct())
