"""Who sees what of a member: one function for page, preview, directory and whatever hands profiles out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.db.models import Q
from django.http import Http404

from linli.people import places
from linli.people.models import Block, Community, Member, Shown
from linli.people.portraits import portrait_url
from linli.people.roles import role_names


class Relation(IntEnum):
    """How near the viewer is; each sees what those further away see, and more."""

    STRANGER = 0
    MEMBER = 1
    BUILDING = 2
    SELF = 3


_NEEDED = {
    Shown.PUBLIC: Relation.STRANGER,
    Shown.MEMBERS: Relation.MEMBER,
    Shown.BUILDING: Relation.BUILDING,
    Shown.NOBODY: Relation.SELF,
}


def may_see(shown: str, relation: Relation) -> bool:
    return relation >= _NEEDED[Shown(shown)]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A member as one viewer sees them; what the viewer may not see is empty."""

    id: int
    name: str
    portrait: str
    roles: tuple[str, ...]
    about: str
    home: str
    phone: str
    email: str
    joined_at: datetime | None
    has_left: bool
    relation: Relation
    is_blocked: bool  # by the viewer

    @property
    def is_self(self) -> bool:
        return self.relation is Relation.SELF

    @property
    def has_fields(self) -> bool:
        return bool(self.about or self.home or self.phone or self.email)


def member_or_404(community: Community, pk: int) -> Member:
    """A member, also one who has left: their name stands under what they wrote."""
    member = Member.objects.filter(community_id=community.pk, pk=pk, person__erased_at=None).first()
    if member is None:
        raise Http404
    member.community = community
    return member


def profile_for(viewer: Member | None, member: Member) -> Profile:
    """The member as this viewer sees them; a viewer whom the member blocks sees what strangers see."""
    homes = places.places_of({member.pk} | ({viewer.pk} if viewer else set()))
    blocks: set[int] = set()
    if viewer and viewer.pk != member.pk:
        either = Q(blocker=viewer, blocked=member) | Q(blocker=member, blocked=viewer)
        blocks = set(Block.objects.filter(either).values_list("blocker_id", flat=True))
    relation = _relation(viewer, member, homes, is_kept_off=member.pk in blocks)
    home = homes[member.pk][0].building if homes.get(member.pk) else ""
    return _profile(member, relation, home, is_blocked=viewer is not None and viewer.pk in blocks)


def preview(member: Member, relation: Relation) -> Profile:
    """“How others see me”."""
    homes = places.places_of({member.pk})
    return _profile(member, relation, homes[member.pk][0].building if homes.get(member.pk) else "", is_blocked=False)


def _relation(viewer: Member | None, member: Member, homes: places.Homes, *, is_kept_off: bool) -> Relation:
    if viewer is None or viewer.community_id != member.community_id or is_kept_off:
        return Relation.STRANGER
    if viewer.pk == member.pk:
        # A helper knows what neighbours know, unless entrusted with the profile itself.
        is_entrusted = viewer.helper is None or "profile" in viewer.mandate_topics
        return Relation.SELF if is_entrusted else Relation.BUILDING
    return Relation.BUILDING if shares_building(homes, viewer.pk, member.pk) else Relation.MEMBER


def shares_building(homes: places.Homes, one: int, other: int) -> bool:
    buildings = {place.building_id for place in homes.get(one, ())}
    return any(place.building_id in buildings for place in homes.get(other, ()))


def _profile(member: Member, relation: Relation, home: str, *, is_blocked: bool) -> Profile:
    has_left = member.left_at is not None

    def shown(value: str, who: str) -> str:
        return value if may_see(who, relation) and not has_left else ""

    return Profile(
        id=member.pk,
        name=member.name,
        portrait="" if has_left else portrait_url(member.community.slug, member),
        roles=() if has_left else tuple(role_names(member.roles)),
        about=shown(member.about, member.about_shown),
        home=shown(home, member.home_shown),
        phone=shown(member.phone, member.phone_shown),
        email=shown(member.email, member.email_shown),
        joined_at=member.joined_at if relation > Relation.STRANGER and not has_left else None,
        has_left=has_left,
        relation=relation,
        is_blocked=is_blocked,
    )
