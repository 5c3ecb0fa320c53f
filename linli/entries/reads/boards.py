"""What stands around the board, and what one may choose when writing to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from linli.circles.reads import circles_of
from linli.entries import rules
from linli.homes.models import Building
from linli.homes.skylines import skyline_of
from linli.kernel.refusals import Refusal
from linli.look.skyline import Skyline
from linli.people.models import Community, Member, Section


@dataclass(frozen=True)
class Head:
    """What stands over the board, the same for everybody."""

    about: str
    welcome: str
    sections: tuple[tuple[int, str], ...]


@lru_cache(maxsize=2000)
def head_of(community_id: int, revision: int) -> Head:
    """Kept until the community's revision rises."""
    about, welcome = Community.objects.values_list("about", "welcome").get(pk=community_id)
    sections = tuple(Section.objects.filter(community=community_id).values_list("pk", "name"))
    return Head(about=about.strip(), welcome=welcome.strip().split("\n")[0], sections=sections)


def town_of(community: Community) -> Skyline:
    """The skyline over the board, at most a minute old."""
    return skyline_of(community)


@dataclass(frozen=True)
class PostOptions:
    """What a member may choose when posting."""

    sections: tuple[tuple[int, str], ...]
    buildings: tuple[tuple[int, str], ...]
    circles: tuple[tuple[int, str], ...]
    is_public: bool
    refusal: Refusal | None


def post_options(member: Member) -> PostOptions:
    community = member.community
    homes = Building.objects.filter(
        entrances__units__occupancies__member=member, entrances__units__occupancies__ended_at=None
    ).distinct()
    return PostOptions(
        sections=tuple(Section.objects.filter(community=community).values_list("pk", "name")),
        buildings=tuple(homes.values_list("pk", "name")),
        circles=circles_of(member),
        is_public=community.is_public,
        refusal=rules.refuse_to_begin(
            is_entrusted=member.has_role(community.talk_roles),
            is_unagreed=member.agreed_version < community.agreement_version,
        ),
    )
