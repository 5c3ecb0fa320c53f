"""What the pages across packages show: the landing page, the services of a community, the elders' start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from linli.look.skyline import skyline
from linli.notices.reads import NoticeRow, unconfirmed_count, urgent_notices
from linli.people.models import Community, Contact, Member, Person
from linli.site.skylines import skyline_of

PUBLIC_MAX = 24


@dataclass(frozen=True)
class CommunityRow:
    slug: str
    name: str
    about: str
    kind: str
    accent: str
    member_name: str
    banner: Markup


def communities_of(person: Person) -> tuple[CommunityRow, ...]:
    """Where the person belongs, the longest known first."""
    rows = Member.objects.filter(person=person, left_at=None).select_related("community").order_by("joined_at")
    return tuple(_row(member.community, member.name) for member in rows)


def public_communities() -> tuple[CommunityRow, ...]:
    """Communities that show themselves to everybody."""
    rows = Community.objects.filter(is_public=True).order_by("founded_at")[:PUBLIC_MAX]
    return tuple(_row(community, "") for community in rows)


def _row(community: Community, member_name: str) -> CommunityRow:
    return CommunityRow(
        slug=community.slug,
        name=community.name,
        about=community.about,
        kind=community.get_kind_display(),
        accent=community.colour,
        member_name=member_name,
        banner=skyline(skyline_of(community)),
    )


@dataclass(frozen=True)
class ElderStart:
    """Few things, large: what is urgent, and the doors."""

    urgent: tuple[NoticeRow, ...]
    unconfirmed: int
    office: tuple[Contact, ...]
    notices_url: str
    board_url: str
    phones_url: str


def elder_start(member: Member, *, now: datetime) -> ElderStart:
    base = f"/c/{member.community.slug}/"
    return ElderStart(
        urgent=urgent_notices(member, now=now),
        unconfirmed=unconfirmed_count(member, now=now),
        office=tuple(Contact.objects.filter(community_id=member.community_id, is_office=True)[:2]),
        notices_url=f"{base}notices/",
        board_url=f"{base}board/",
        phones_url=f"{base}phones/",
    )
