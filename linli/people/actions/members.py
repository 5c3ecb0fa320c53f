from datetime import datetime

from django.db import transaction

from linli.facts.people import (
    MemberAdmitted,
    MemberBlocked,
    MemberLeft,
    MemberRenamed,
    MemberUnblocked,
    ProfileEdited,
    RolesChanged,
)
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people import rules
from linli.people.actions.agreements import note_acceptance_of_rules_in_force
from linli.people.models import Block, Community, Member, Person
from linli.people.roles import Role


@transaction.atomic
def admit(
    *,
    community: Community,
    person: Person,
    name: str,
    roles: int = Role.RESIDENT,
    way: str,
    by: Member | None = None,
    now: datetime,
) -> Member:
    """Make the person a member; one who left comes back to the same membership, one who belongs stays as is."""
    member, is_new = Member.objects.get_or_create(
        community=community,
        person=person,
        defaults={"name": name, "roles": int(roles), "admitted_by": by, "joined_at": now},
    )
    if not is_new:
        if member.left_at is None:
            return member
        member.name, member.roles, member.admitted_by = name, int(roles), by
        member.joined_at, member.left_at = now, None
        member.save()
    record(MemberAdmitted(community_id=community.pk, person_id=person.pk, member_id=member.pk, way=way))
    note_acceptance_of_rules_in_force(member=member, now=now)
    return member


@transaction.atomic
def change_roles(*, by: Member, member: Member, roles: int, now: datetime) -> None:
    """Entrust a member with these roles and no others."""
    locked = Member.objects.select_for_update().filter(community_id=by.community_id, left_at=None)
    stewards = set(locked.with_role(Role.STEWARD).values_list("pk", flat=True))
    takes = member.pk in stewards and not roles & Role.STEWARD
    is_steward = by.has_role(Role.STEWARD) and not by.helper
    if refusal := rules.refuse_role_change(is_steward=is_steward, takes_stewardship=takes, stewards=len(stewards)):
        raise Refused(refusal)
    before = locked.filter(pk=member.pk).values_list("roles", flat=True).first()
    if before is None:
        raise Refused(rules.NOT_A_MEMBER)
    if before == roles:
        return
    Member.objects.filter(pk=member.pk).update(roles=roles)
    record(
        RolesChanged(
            community_id=by.community_id, person_id=by.person_id, member_id=member.pk, before=before, after=roles
        )
    )


@transaction.atomic
def edit_profile(*, by: Member, now: datetime, **fields: str) -> None:
    """Change one's own name, texts and who sees which of them in this community."""
    if refusal := rules.refuse_helping(is_helper=bool(by.helper), topics=by.mandate_topics, topic="profile"):
        raise Refused(refusal)
    allowed = {
        "name", "about", "phone", "email", "portrait",
        "about_shown", "home_shown", "phone_shown", "email_shown",
    }  # fmt: skip
    assert fields.keys() <= allowed
    if refusal := rules.refuse_profile(name=fields.get("name"), phone=fields.get("phone")):
        raise Refused(refusal)
    row = Member.objects.select_for_update().filter(pk=by.pk)
    before = row.values(*fields).get()
    changed = {name: value for name, value in fields.items() if before[name] != value}
    if not changed:
        return
    row.update(**changed)
    helper_id = by.helper.person_id if by.helper else None
    record(
        ProfileEdited(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=helper_id,
            member_id=by.pk,
            fields=tuple(sorted(changed)),
        ),
        now=now,
    )
    if changed.keys() & {"name", "portrait", "home_shown"}:
        record(
            MemberRenamed(community_id=by.community_id, person_id=by.person_id, helper_id=helper_id, member_id=by.pk),
            now=now,
        )


@transaction.atomic
def leave(*, by: Member, now: datetime) -> None:
    """Leave the community; what was written stays under the name until the account is erased."""
    if refusal := rules.refuse_helping(is_helper=bool(by.helper), topics=by.mandate_topics, topic=None):
        raise Refused(refusal)
    present = Member.objects.select_for_update().filter(community_id=by.community_id, left_at=None)
    stewards = present.with_role(Role.STEWARD).count()
    refusal = rules.refuse_leaving(is_steward=by.has_role(Role.STEWARD), stewards=stewards, members=present.count())
    if refusal:
        raise Refused(refusal)
    _end_membership(by, by, now)


@transaction.atomic
def remove(*, by: Member, member: Member, now: datetime) -> None:
    """A steward ends somebody's membership (moved away, admitted by mistake)."""
    if not by.has_role(Role.STEWARD) or by.helper:
        raise Refused(rules.NOT_STEWARD)
    if by.pk == member.pk:
        raise Refused(rules.ONESELF)
    _end_membership(by, member, now)


def _end_membership(by: Member, member: Member, now: datetime) -> None:
    # Homes, mandates and applications end by what follows from the fact, and at once by `left_at`:
    # every door and `visible_to` asks for a present member.
    ended = Member.objects.filter(pk=member.pk, community_id=by.community_id, left_at=None)
    if not ended.update(left_at=now, roles=int(Role.RESIDENT)):
        raise Refused(rules.NOT_A_MEMBER)
    record(
        MemberLeft(
            community_id=by.community_id,
            person_id=by.person_id,
            member_id=member.pk,
            is_removed=by.pk != member.pk,
        )
    )


@transaction.atomic
def block(*, by: Member, member: Member, now: datetime) -> None:
    """Stop seeing what this member writes; doing it twice changes nothing."""
    if by.pk == member.pk:
        raise Refused(rules.ONESELF)
    if by.community_id != member.community_id:
        raise Refused(rules.NOT_A_MEMBER)
    if refusal := rules.refuse_helping(is_helper=bool(by.helper), topics=by.mandate_topics, topic=None):
        raise Refused(refusal)
    _, is_new = Block.objects.get_or_create(blocker=by, blocked=member, defaults={"at": now})
    if is_new:
        record(
            MemberBlocked(community_id=by.community_id, person_id=by.person_id, member_id=by.pk, blocked_id=member.pk)
        )


@transaction.atomic
def unblock(*, by: Member, member: Member, now: datetime) -> None:
    if refusal := rules.refuse_helping(is_helper=bool(by.helper), topics=by.mandate_topics, topic=None):
        raise Refused(refusal)
    gone, _ = Block.objects.filter(blocker=by, blocked=member).delete()
    if gone:
        record(
            MemberUnblocked(community_id=by.community_id, person_id=by.person_id, member_id=by.pk, blocked_id=member.pk)
        )
