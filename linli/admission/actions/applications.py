from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from linli.admission import rules
from linli.admission.models import Application, JoinSettings
from linli.facts.admission import ApplicationApproved, ApplicationRefused, ApplicationWithdrawn, Applied
from linli.homes import actions as homes
from linli.homes.models import Unit
from linli.homes.rules import OTHER_COMMUNITY, refuse_identity_number
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people import actions as people
from linli.people.models import Community, Member, Person


@dataclass(frozen=True)
class Answer:
    question: str
    answer: str


@transaction.atomic
def apply(
    *,
    person: Person,
    community: Community,
    name: str,
    answers: tuple[Answer, ...] = (),
    unit: Unit | None = None,
    home_words: str = "",
    home_kind: str = "",
    now: datetime,
) -> Application:
    """Ask to be admitted; asking twice leaves one application."""
    is_member = Member.objects.filter(community=community, person=person, left_at=None).exists()
    takes = not JoinSettings.objects.filter(community=community, takes_applications=False).exists()
    if refusal := rules.refuse_application(takes_applications=takes, is_member=is_member):
        raise Refused(refusal)
    if refusal := refuse_identity_number(name, home_words, *(row.answer for row in answers)):
        raise Refused(refusal)
    if unit and unit.entrance.building.community_id != community.pk:
        raise Refused(OTHER_COMMUNITY)
    try:
        with transaction.atomic():
            application = Application.objects.create(
                community=community,
                person=person,
                name=name,
                answers=[{"question": row.question, "answer": row.answer} for row in answers],
                unit=unit,
                home_words=home_words,
                home_kind=home_kind,
                applied_at=now,
            )
    except IntegrityError:
        raise Refused(rules.ALREADY_WAITING) from None
    record(Applied(community_id=community.pk, person_id=person.pk, application_id=application.pk), now=now)
    return application


def _claim(by: Member, application: Application, **decision: object) -> None:
    """Of two who answer at once, the second is told so."""
    if refusal := rules.refuse_answer(roles=by.roles, is_helper=bool(by.helper)):
        raise Refused(refusal)
    waiting = Application.objects.waiting().filter(pk=application.pk, community_id=by.community_id)
    if not waiting.update(decided_by=by, **decision):
        raise Refused(rules.NOT_WAITING)


@transaction.atomic
def approve(
    *,
    by: Member,
    application: Application,
    unit: Unit | None = None,
    home_kind: str = "",
    verified_how: str = "",
    now: datetime,
) -> Member:
    """Let the person in, with the home if one is given and somebody knows that it is theirs."""
    if unit and not verified_how:
        raise Refused(rules.HOW_MISSING)
    if refusal := refuse_identity_number(verified_how):
        raise Refused(refusal)
    _claim(by, application, approved_at=now)
    if unit and unit.entrance.building.community_id != by.community_id:
        raise Refused(OTHER_COMMUNITY)
    member = people.admit(
        community=by.community, person=application.person, name=application.name, way="application", by=by, now=now
    )
    Application.objects.filter(pk=application.pk).update(member=member)
    if unit:
        homes.settle(unit=unit, member=member, kind=home_kind, verified_by=by, verified_how=verified_how, now=now)
    fact = ApplicationApproved(
        community_id=by.community_id,
        person_id=by.person_id,
        application_id=application.pk,
        applicant_id=application.person_id,
        member_id=member.pk,
    )
    record(fact, now=now)
    return member


@transaction.atomic
def refuse(*, by: Member, application: Application, reason: str, now: datetime) -> None:
    """Say no, and why; the person reads the reason and may apply again."""
    if not reason.strip():
        raise Refused(rules.REASON_MISSING)
    if refusal := refuse_identity_number(reason):
        raise Refused(refusal)
    _claim(by, application, refused_at=now, reason=reason)
    fact = ApplicationRefused(
        community_id=by.community_id,
        person_id=by.person_id,
        application_id=application.pk,
        applicant_id=application.person_id,
    )
    record(fact, now=now)


@transaction.atomic
def withdraw(*, person: Person, community: Community, now: datetime) -> None:
    """The applicant takes it back; nothing happens where nothing waits."""
    waiting = Application.objects.waiting().filter(community=community, person=person)
    for pk in list(waiting.values_list("pk", flat=True)):
        if waiting.filter(pk=pk).update(withdrawn_at=now):
            record(ApplicationWithdrawn(community_id=community.pk, person_id=person.pk, application_id=pk), now=now)
