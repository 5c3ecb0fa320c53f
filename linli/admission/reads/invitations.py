from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from linli.admission import rules
from linli.admission.address import invitation_url
from linli.admission.models import Invitation, InvitationUse
from linli.homes.reads import skyline_data
from linli.kernel.refusals import Refusal
from linli.kernel.tokens import digest
from linli.look.skyline import Skyline
from linli.people.models import Member
from linli.people.roles import Role, role_names

SHOWN = 100
USERS_SHOWN = 200


@dataclass(frozen=True)
class InvitationLine:
    id: int
    note: str
    roles: tuple[str, ...]
    uses: int
    uses_max: int
    made_by: str
    made_at: datetime
    expires_at: datetime
    is_open: bool
    is_revoked: bool
    url: str
    may_end: bool


def _line(row: Invitation, member: Member, now: datetime) -> InvitationLine:
    is_open = row.revoked_at is None and row.expires_at > now and row.uses < row.uses_max
    beyond = row.roles & ~int(Role.RESIDENT)
    return InvitationLine(
        id=row.pk,
        note=row.note,
        roles=tuple(role_names(beyond)),
        uses=row.uses,
        uses_max=row.uses_max,
        made_by=row.made_by.name if row.made_by else "",
        made_at=row.made_at,
        expires_at=row.expires_at,
        is_open=is_open,
        is_revoked=row.revoked_at is not None,
        url=invitation_url(row.nonce),
        may_end=is_open and (member.has_role(Role.STEWARD) or row.made_by_id == member.pk),
    )


def _visible(member: Member) -> list[Invitation]:
    """A steward sees all links, others their own: a link is a key."""
    rows = Invitation.objects.filter(community_id=member.community_id).select_related("made_by")
    if not member.has_role(Role.STEWARD):
        rows = rows.filter(made_by=member)
    return list(rows.order_by("-made_at", "-pk")[:SHOWN])


def invitations_page(member: Member, *, now: datetime) -> tuple[InvitationLine, ...]:
    return tuple(_line(row, member, now) for row in _visible(member))


@dataclass(frozen=True)
class Comer:
    member_id: int
    name: str
    at: datetime


@dataclass(frozen=True)
class InvitationPage:
    line: InvitationLine
    comers: tuple[Comer, ...]


def invitation_or_404(member: Member, pk: int) -> Invitation:
    rows = Invitation.objects.filter(community_id=member.community_id, pk=pk).select_related("made_by")
    if not member.has_role(Role.STEWARD):
        rows = rows.filter(made_by=member)
    if (found := rows.first()) is None:
        raise Http404
    return found


def invitation_page(member: Member, invitation: Invitation, *, now: datetime) -> InvitationPage:
    uses = InvitationUse.objects.filter(invitation=invitation).order_by("-at", "-pk")
    rows = uses.values_list("member_id", "member__name", "at")[:USERS_SHOWN]
    return InvitationPage(_line(invitation, member, now), tuple(Comer(*row) for row in rows))


@dataclass(frozen=True)
class InvitationFace:
    """What somebody with a link sees before they enter."""

    token: str
    community: str
    slug: str
    about: str
    rules: str
    invited_by: str
    town: Skyline
    refusal: Refusal | None
    is_member: bool


def invitation_face(token: str, *, person_id: int | None, now: datetime) -> InvitationFace | None:
    """None where no invitation has this token."""
    row = Invitation.objects.select_related("community", "made_by").filter(digest=digest(token)).first()
    if row is None:
        return None
    community = row.community
    here = Member.objects.filter(community=community, person=person_id, left_at=None)
    is_member = bool(person_id) and here.exists()
    refusal = None
    if not is_member:
        refusal = rules.refuse_invitation_use(
            revoked_at=row.revoked_at, expires_at=row.expires_at, uses=row.uses, uses_max=row.uses_max, now=now
        )
    return InvitationFace(
        token=token,
        community=community.name,
        slug=community.slug,
        about=community.about,
        rules=community.rules,
        invited_by=row.made_by.name if row.made_by else "",
        town=Skyline(buildings=skyline_data(community.pk), kind=community.kind, seed=community.pk),
        refusal=refusal,
        is_member=is_member,
    )
