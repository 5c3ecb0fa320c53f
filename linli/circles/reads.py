"""What the pages of circles show, as frozen values, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import Http404

from linli.circles.models import Belonging, Circle
from linli.people.models import Member
from linli.people.reads import Line, lines
from linli.people.roles import Role

LISTED_MOST, MEMBERS_MOST = 200, 500


@dataclass(frozen=True)
class CircleRow:
    """A circle in the list."""

    id: int
    url: str
    name: str
    about: str
    members: int
    is_open: bool
    is_mine: bool
    is_asked: bool
    waiting: int  # who asks, told to those who lead it


@dataclass(frozen=True)
class Circles:
    mine: tuple[CircleRow, ...]
    others: tuple[CircleRow, ...]


def circles(member: Member) -> Circles:
    """All circles of the community, one's own first. Two queries."""
    belongings = {row.circle_id: row for row in Belonging.objects.filter(member=member)}
    waiting = Count("belongings", filter=Q(belongings__admitted_at=None))
    found = Circle.objects.open_in(member.community_id).annotate(waiting=waiting).order_by("-members", "name")
    rows = [_row(circle, belongings.get(circle.pk), member.community.slug) for circle in found[:LISTED_MOST]]
    return Circles(mine=tuple(row for row in rows if row.is_mine), others=tuple(row for row in rows if not row.is_mine))


def _row(circle: Circle, mine: Belonging | None, slug: str) -> CircleRow:
    return CircleRow(
        id=circle.pk,
        url=f"/c/{slug}/circles/{circle.pk}/",
        name=circle.name,
        about=circle.about,
        members=circle.members,
        is_open=circle.is_open,
        is_mine=mine is not None and mine.admitted_at is not None,
        is_asked=mine is not None and mine.admitted_at is None,
        waiting=circle.waiting if mine is not None and mine.is_lead else 0,  # type: ignore[attr-defined]
    )


@dataclass(frozen=True)
class Asking:
    line: Line
    words: str


@dataclass(frozen=True)
class CircleShown:
    """A circle's own page. Who is in it is told to its members, and to stewards, who answer for order."""

    circle: Circle
    url: str
    is_in: bool
    is_asked: bool
    may_lead: bool
    leads: tuple[Line, ...]
    members: tuple[Line, ...]
    asking: tuple[Asking, ...]


def circle_or_404(member: Member, pk: int) -> Circle:
    """Closed ones are found by those who were in them."""
    circle = Circle.objects.filter(community_id=member.community_id, pk=pk).first()
    if circle and circle.closed_at and not belongs(member, pk):
        circle = None
    if circle is None:
        raise Http404
    circle.community = member.community
    return circle


def belongs(member: Member, pk: int) -> bool:
    return Belonging.objects.filter(circle=pk, member=member, admitted_at__isnull=False).exists()


def circle_shown(member: Member, circle: Circle) -> CircleShown:
    rows = list(
        Belonging.objects.filter(circle=circle, member__left_at=None).order_by("-is_lead", "admitted_at", "pk")[
            :MEMBERS_MOST
        ]
    )
    mine = next((row for row in rows if row.member_id == member.pk), None)
    is_in = mine is not None and mine.admitted_at is not None
    keeps_order = member.has_role(Role.STEWARD) and member.helper is None
    may_lead = circle.closed_at is None and (keeps_order or (is_in and mine is not None and mine.is_lead))
    may_lead = may_lead and member.helper is None
    known = lines(member, [row.member_id for row in rows])
    admitted = [row for row in rows if row.admitted_at and row.member_id in known]
    return CircleShown(
        circle=circle,
        url=f"/c/{member.community.slug}/circles/{circle.pk}/",
        is_in=is_in,
        is_asked=mine is not None and not is_in,
        may_lead=may_lead,
        leads=tuple(known[row.member_id] for row in admitted if row.is_lead),
        members=tuple(known[row.member_id] for row in admitted if not row.is_lead) if is_in or keeps_order else (),
        asking=tuple(
            Asking(known[row.member_id], row.words)
            for row in rows
            if may_lead and not row.admitted_at and row.member_id in known
        ),
    )


def circles_of(member: Member) -> tuple[tuple[int, str], ...]:
    """Those the member may write to."""
    return tuple(Circle.objects.of(member.pk).order_by("name").values_list("pk", "name"))
