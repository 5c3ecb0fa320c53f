from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from linli.homes.areas import area_text
from linli.homes.models import Occupancy, OccupancyKind, Title, Unit, UnitKind
from linli.homes.reads.labels import homes_of, label
from linli.people.models import Member

CANDIDATES = 20


@dataclass(frozen=True)
class TitleLine:
    id: int
    owner_name: str
    share: str
    since: date
    until: date | None
    evidence: str
    member_name: str
    is_in_force: bool


@dataclass(frozen=True)
class OccupancyLine:
    id: int
    member_id: int
    member_name: str
    kind_name: str
    since: date
    until: date | None
    is_current: bool
    is_in_force: bool
    verified_by: str
    verified_how: str
    verified_on: date | None


@dataclass(frozen=True)
class HomePage:
    """A home with everything that was ever written about it; `day` is the day asked about."""

    id: int
    label: str
    name: str
    floor: int
    area: str
    kind: str
    kind_name: str
    building_id: int
    building: str
    entrance_id: int
    day: date
    titles: tuple[TitleLine, ...]
    occupancies: tuple[OccupancyLine, ...]

    @property
    def owners(self) -> tuple[TitleLine, ...]:
        return tuple(title for title in self.titles if title.is_in_force)

    @property
    def residents(self) -> tuple[OccupancyLine, ...]:
        return tuple(line for line in self.occupancies if line.is_in_force)

    @property
    def has_history(self) -> bool:
        return bool(self.titles or self.occupancies)


def home_or_404(community_id: int, pk: int) -> Unit:
    rows = Unit.objects.select_related("entrance__building").filter(entrance__building__community_id=community_id)
    if (unit := rows.filter(pk=pk).first()) is None:
        raise Http404
    return unit


def home_page(unit: Unit, *, day: date) -> HomePage:
    """Two statements beside the home itself."""
    building = unit.entrance.building
    titles = Title.objects.filter(unit=unit).select_related("member").order_by("-since", "-pk")
    occupancies = Occupancy.objects.filter(unit=unit).select_related("member", "verified_by").order_by("-since", "-pk")
    return HomePage(
        id=unit.pk,
        label=label(building.name, unit.entrance.name, unit.name),
        name=unit.name,
        floor=unit.floor,
        area=area_text(unit.area),
        kind=unit.kind,
        kind_name=str(UnitKind(unit.kind).label),
        building_id=building.pk,
        building=building.name,
        entrance_id=unit.entrance_id,
        day=day,
        titles=tuple(_title(row, day) for row in titles),
        occupancies=tuple(_occupancy(row, day) for row in occupancies),
    )


def _is_in_force(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or until > day)


def _title(row: Title, day: date) -> TitleLine:
    is_whole = row.share_numerator == row.share_denominator
    return TitleLine(
        id=row.pk,
        owner_name=row.owner_name,
        share="" if is_whole else f"{row.share_numerator}/{row.share_denominator}",
        since=row.since,
        until=row.until,
        evidence=row.evidence,
        member_name=row.member.name if row.member else "",
        is_in_force=_is_in_force(row.since, row.until, day),
    )


def _occupancy(row: Occupancy, day: date) -> OccupancyLine:
    return OccupancyLine(
        id=row.pk,
        member_id=row.member_id,
        member_name=row.member.name,
        kind_name=str(OccupancyKind(row.kind).label),
        since=row.since,
        until=row.until,
        is_current=row.ended_at is None,
        is_in_force=_is_in_force(row.since, row.until, day),
        verified_by=row.verified_by.name if row.verified_by else "",
        verified_how=row.verified_how,
        verified_on=row.verified_at.date() if row.verified_at else None,
    )


def residents_to_choose(community_id: int, search: str, *, chosen: int = 0) -> list[tuple[int, str]]:
    """Members whose name matches, else those who have no home yet, with their homes to tell two of one name apart."""
    present = Member.objects.present().filter(community_id=community_id)
    if search:
        found = present.filter(name__icontains=search)
    else:
        found = present.exclude(occupancies__in=Occupancy.objects.filter(ended_at=None))
    rows = list(found.order_by("-joined_at", "pk").values_list("pk", "name")[:CANDIDATES])
    if chosen and chosen not in dict(rows):
        rows += present.filter(pk=chosen).values_list("pk", "name")
    homes = homes_of([pk for pk, _name in rows])
    return [(pk, f"{name} · {homes[pk]}" if pk in homes else name) for pk, name in rows]
