import secrets
from datetime import datetime, timedelta

from django.db import transaction

from linli.admission import rules
from linli.admission.codes import invitation_token
from linli.admission.models import Invitation, InvitationUse
from linli.facts.admission import InvitationUsed
from linli.homes.rules import refuse_identity_number
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.kernel.tokens import digest
from linli.people import actions as people
from linli.people.models import Member, Person
from linli.people.roles import Role


@transaction.atomic
def make_invitation(
    *, by: Member, note: str = "", roles: int = Role.RESIDENT, uses_max: int, days: int, now: datetime
) -> Invitation:
    """Make a link for so many people until a day; offices only a steward can give away."""
    roles = int(roles) | Role.RESIDENT
    if refusal := rules.refuse_invitation(maker_roles=by.roles, is_helper=bool(by.helper), roles=roles):
        raise Refused(refusal)
    if refusal := refuse_identity_number(note):
        raise Refused(refusal)
    nonce = secrets.token_hex(16)
    return Invitation.objects.create(
        community_id=by.community_id,
        note=note,
        nonce=nonce,
        digest=digest(invitation_token(nonce)),
        roles=roles,
        uses_max=min(max(uses_max, 1), rules.USES_MAX),
        made_by=by,
        made_at=now,
        expires_at=now + timedelta(days=min(max(days, 1), rules.DAYS_MAX)),
    )


@transaction.atomic
def revoke_invitation(*, by: Member, invitation: Invitation, now: datetime) -> None:
    """A steward ends any link, others their own; who came stays."""
    may = by.has_role(Role.STEWARD) or invitation.made_by_id == by.pk
    if by.helper or not may:
        raise Refused(rules.NOT_INVITER)
    Invitation.objects.filter(pk=invitation.pk, community_id=by.community_id, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def use_invitation(*, person: Person, token: str, name: str, now: datetime) -> Member:
    """Enter by the link; who already belongs stays as they are and takes no use away."""
    invitation = Invitation.objects.select_related("community", "made_by").filter(digest=digest(token)).first()
    if invitation is None:
        raise Refused(rules.INVITATION_UNKNOWN)
    present = Member.objects.filter(community_id=invitation.community_id, person=person, left_at=None).first()
    if present:
        return present
    if refusal := rules.refuse_invitation_use(
        revoked_at=invitation.revoked_at,
        expires_at=invitation.expires_at,
        uses=invitation.uses,
        uses_max=invitation.uses_max,
        now=now,
    ):
        raise Refused(refusal)
    if refusal := refuse_identity_number(name):
        raise Refused(refusal)
    if not Invitation.objects.claim(invitation.pk, now):
        raise Refused(rules.INVITATION_FULL)
    member = people.admit(
        community=invitation.community,
        person=person,
        name=name,
        roles=_roles_still_given(invitation),
        way="invitation",
        by=invitation.made_by,
        now=now,
    )
    _, is_new = InvitationUse.objects.get_or_create(invitation=invitation, member=member, defaults={"at": now})
    if is_new:
        record(
            InvitationUsed(
                community_id=invitation.community_id,
                person_id=person.pk,
                invitation_id=invitation.pk,
                member_id=member.pk,
            ),
            now=now,
        )
    return member


def _roles_still_given(invitation: Invitation) -> int:
    """Roles beyond resident hold only while who gave them may still give them."""
    maker = invitation.made_by
    if maker is None or maker.left_at:
        return int(Role.RESIDENT)
    refusal = rules.refuse_invitation(maker_roles=maker.roles, is_helper=False, roles=invitation.roles)
    return int(Role.RESIDENT) if refusal else invitation.roles
