from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Count, Q
from django.utils import translation
from django.utils.translation import gettext as _

from linli.accounts import rules
from linli.accounts.models import PasskeyHandle, RecoverySheet
from linli.facts.people import MemberLeft, PersonErased
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people.models import Block, Community, Member, Person, Session, Shown, Size, Theme
from linli.people.roles import Role


@transaction.atomic
def erase(*, person: Person, now: datetime) -> None:
    """Erase the account at once; every package removes its own part when it hears of it."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    refusal = rules.refuse_erasure(is_erased=locked.erased_at is not None, left_alone=left_alone_by(person))
    if refusal:
        raise Refused(refusal)
    members = list(Member.objects.filter(person=person).select_related("community"))
    for member in members:
        _erase_member(member, now)
    _erase_ways_in(person)
    _erase_person(locked, now)
    record(PersonErased(person_id=person.pk, member_ids=tuple(member.pk for member in members)))


def left_alone_by(person: Person) -> list[str]:
    """Names of communities with other members in which only this person is a steward."""
    mine = Member.objects.filter(person=person, left_at=None).with_role(Role.STEWARD)
    present = Q(members__left_at=None)
    counted = Community.objects.filter(pk__in=mine.values("community_id")).annotate(
        others=Count("members", filter=present & ~Q(members__person=person))
    )
    return [
        community.name
        for community in counted.order_by("name")
        if community.others
        and not Member.objects.filter(community=community, left_at=None)
        .with_role(Role.STEWARD)
        .exclude(person=person)
        .exists()
    ]


def _erase_member(member: Member, now: datetime) -> None:
    was_present = member.left_at is None
    with translation.override(member.community.language):
        nobody = _("Erased account")
    Member.objects.filter(pk=member.pk).update(
        name=nobody,
        roles=int(Role.RESIDENT),
        about="",
        phone="",
        email="",
        portrait="",
        about_shown=Shown.NOBODY,
        home_shown=Shown.NOBODY,
        phone_shown=Shown.NOBODY,
        email_shown=Shown.NOBODY,
        left_at=member.left_at or now,
        seen_day=0,
    )
    Block.objects.filter(Q(blocker=member) | Q(blocked=member)).delete()
    if was_present:
        record(MemberLeft(community_id=member.community_id, person_id=member.person_id, member_id=member.pk))


def _erase_ways_in(person: Person) -> None:
    for model in (Session, RecoverySheet, PasskeyHandle):
        model._default_manager.filter(person=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()


def _erase_person(person: Person, now: datetime) -> None:
    person.number = f"-{person.pk}"  # the number may be drawn again
    person.name = person.email = ""
    person.phone = person.phone_verified_at = None
    person.language, person.theme, person.size = "", Theme.AUTO, Size.STANDARD
    person.is_operator = person.is_active = False
    person.last_login = None
    person.erased_at = now
    person.set_unusable_password()
    person.save()
