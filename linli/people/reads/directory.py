from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from linli.people import places
from linli.people.models import Member, MemberQuerySet, Shown
from linli.people.portraits import portrait_url
from linli.people.reads.profile import Relation, may_see, shares_building
from linli.people.roles import OFFICE, ROLE_NAMES, foremost

PAGE = 30
_FIELDS = ("id", "name", "roles", "portrait", "home_shown")


@dataclass(frozen=True)
class Line:
    """A member in a list."""

    id: int
    name: str
    role: str
    home: str
    portrait: str
    url: str
    is_self: bool


@dataclass(frozen=True)
class Directory:
    lines: tuple[Line, ...]
    count: int
    buildings: tuple[places.Place, ...]
    after: int | None  # the row to go on from


def directory(
    viewer: Member, *, words: str = "", building_id: int | None = None, after: int | None = None
) -> Directory:
    """Members by name, without those the viewer blocks; five queries and one more to go on, however many there are."""
    found = Member.objects.present().filter(community_id=viewer.community_id).not_blocked_for(viewer)
    if words:
        # A part of the name is enough, so that 建国 finds 孙建国.
        found = found.filter(name__icontains=words)
    if building_id is not None:
        found = _in_building(found, viewer, building_id)
    count = found.count()
    before = Member.objects.filter(pk=after or 0, community_id=viewer.community_id)
    if last := before.values_list("name", "pk").first() if after else None:
        found = found.filter(Q(name__gt=last[0]) | Q(name=last[0], pk__gt=last[1]))
    rows = list(found.order_by("name", "pk").only(*_FIELDS)[: PAGE + 1])
    return Directory(
        lines=_lines(viewer, rows[:PAGE]),
        count=count,
        buildings=places.buildings_of(viewer.community_id),
        after=rows[PAGE - 1].pk if len(rows) > PAGE else None,
    )


def _in_building(found: MemberQuerySet, viewer: Member, building_id: int) -> MemberQuerySet:
    """Those who let the viewer know that they live there; an office knows its estate."""
    found = found.filter(pk__in=places.member_ids_in(building_id))
    if viewer.has_role(OFFICE) and not viewer.helper:
        return found
    shown = Q(home_shown__in=(Shown.MEMBERS, Shown.PUBLIC)) | Q(pk=viewer.pk)
    here = places.places_of({viewer.pk}).get(viewer.pk, ())
    if any(place.building_id == building_id for place in here):
        shown |= Q(home_shown=Shown.BUILDING)
    return found.filter(shown)


def lines(viewer: Member, member_ids: Iterable[int]) -> dict[int, Line]:
    """Members by id, as the viewer sees them in a list. Two queries."""
    rows = Member.objects.filter(pk__in=set(member_ids), community_id=viewer.community_id).only(*_FIELDS)
    return {line.id: line for line in _lines(viewer, list(rows))}


def blocked_by(viewer: Member) -> tuple[Line, ...]:
    rows = Member.objects.filter(blocked_by__blocker=viewer).order_by("-blocked_by__at").only(*_FIELDS)
    return _lines(viewer, list(rows))


def _lines(viewer: Member, rows: list[Member]) -> tuple[Line, ...]:
    slug = viewer.community.slug
    homes = places.places_of({row.pk for row in rows} | {viewer.pk}) if rows else {}
    return tuple(_line(viewer, row, homes, slug) for row in rows)


def _line(viewer: Member, row: Member, homes: places.Homes, slug: str) -> Line:
    is_near = row.pk == viewer.pk or shares_building(homes, viewer.pk, row.pk)
    relation = Relation.BUILDING if is_near else Relation.MEMBER
    place = homes.get(row.pk)
    role = foremost(row.roles)
    return Line(
        id=row.pk,
        name=row.name,
        role=str(ROLE_NAMES[role]) if role else "",
        home=place[0].building if place and may_see(row.home_shown, relation) else "",
        portrait=portrait_url(slug, row),
        url=f"/c/{slug}/people/{row.pk}/",
        is_self=row.pk == viewer.pk,
    )
