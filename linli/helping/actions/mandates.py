from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from linli.facts.helping import MandateAccepted, MandateEnded, MandateGiven
from linli.helping import rules
from linli.helping.models import Consent, Mandate
from linli.helping.topics import all_topics
from linli.homes.rules import refuse_identity_number
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.kernel.text import clean_line
from linli.people.models import Block, Member
from linli.people.roles import OFFICE
from linli.people.rules import HELPER_MAY_NOT


@transaction.atomic
def give(*, by: Member, helper: Member, topics: Collection[str], ends_at: datetime, now: datetime) -> Mandate:
    """Ask a neighbour to act for oneself; the same once more gives the mandate given before."""
    if by.helper:
        raise Refused(HELPER_MAY_NOT)
    return _give(by=by, member=by, helper=helper, keys=topics, ends_at=ends_at, consent=Consent.OWN, now=now)


@transaction.atomic
def record_paper(
    *,
    by: Member,
    member: Member,
    helper: Member,
    topics: Collection[str],
    ends_at: datetime,
    evidence: str,
    now: datetime,
) -> Mandate:
    """The office writes down a consent that was signed on paper, and where the sheet is kept."""
    evidence = clean_line(evidence, 160)
    is_office = by.has_role(OFFICE) and not by.helper
    if refusal := rules.refuse_paper(is_office=is_office, is_recorder_helper=by.pk == helper.pk, evidence=evidence):
        raise Refused(refusal)
    if refusal := refuse_identity_number(evidence):
        raise Refused(refusal)
    return _give(
        by=by,
        member=member,
        helper=helper,
        keys=topics,
        ends_at=ends_at,
        consent=Consent.PAPER,
        evidence=evidence,
        now=now,
    )


def _give(
    *,
    by: Member,
    member: Member,
    helper: Member,
    keys: Collection[str],
    ends_at: datetime,
    consent: Consent,
    evidence: str = "",
    now: datetime,
) -> Mandate:
    chosen = sorted(set(keys))
    standing = Mandate.objects.living(now).between(member.pk, helper.pk).first()
    if standing:
        if (sorted(standing.topics), standing.ends_at, standing.consent) == (chosen, ends_at, consent):
            return standing
        raise Refused(rules.ALREADY)
    refusal = rules.refuse_mandate(
        is_self=member.pk == helper.pk,
        is_here=_all_belong(by.community_id, member.pk, helper.pk),
        is_apart=_is_apart(member.pk, helper.pk),
        topics=chosen,
        offered=[topic.key for topic in all_topics()],
        ends_at=ends_at,
        helpers=Mandate.objects.living(now).filter(member=member).count(),
        now=now,
    )
    if refusal:
        raise Refused(refusal)
    # One that ran out has not been ended by anybody; it makes room for the new one.
    Mandate.objects.between(member.pk, helper.pk).filter(revoked_at=None).update(revoked_at=now)
    try:
        with transaction.atomic():
            mandate = Mandate.objects.create(
                member=member,
                helper=helper,
                topics=chosen,
                given_at=now,
                ends_at=ends_at,
                consent=consent,
                recorded_by=by if consent == Consent.PAPER else None,
                evidence=evidence,
            )
    except IntegrityError:
        raise Refused(rules.ALREADY) from None
    record(
        MandateGiven(
            community_id=by.community_id,
            person_id=by.person_id,
            mandate_id=mandate.pk,
            member_id=member.pk,
            helper_member_id=helper.pk,
            consent=consent.value,
        ),
        now=now,
    )
    return mandate


def _all_belong(community_id: int, *member_ids: int) -> bool:
    present = Member.objects.present().filter(community_id=community_id, pk__in=member_ids, person__is_active=True)
    return present.count() == len(member_ids)


def _is_apart(member_id: int, helper_id: int) -> bool:
    return Block.objects.filter(
        Q(blocker=member_id, blocked=helper_id) | Q(blocker=helper_id, blocked=member_id)
    ).exists()


@transaction.atomic
def accept(*, by: Member, mandate: Mandate, now: datetime) -> None:
    """The helper says yes; saying it twice changes nothing."""
    if by.helper:
        raise Refused(HELPER_MAY_NOT)
    mine = Mandate.objects.filter(pk=mandate.pk)
    is_living = mine.living(now).exists()
    if refusal := rules.refuse_acceptance(is_helper=mandate.helper_id == by.pk, is_living=is_living):
        raise Refused(refusal)
    if mine.filter(accepted_at=None, revoked_at=None).update(accepted_at=now):
        record(
            MandateAccepted(
                community_id=by.community_id,
                person_id=by.person_id,
                mandate_id=mandate.pk,
                member_id=mandate.member_id,
                helper_member_id=mandate.helper_id,
            ),
            now=now,
        )


@transaction.atomic
def end(*, by: Member, mandate: Mandate, now: datetime) -> None:
    """The member revokes, the helper gives back or declines, or the office ends what is on paper; at once."""
    if by.helper:
        raise Refused(HELPER_MAY_NOT)
    is_here = mandate.member.community_id == by.community_id
    refusal = rules.refuse_end(
        is_member=mandate.member_id == by.pk,
        is_helper=mandate.helper_id == by.pk,
        keeps_paper=is_here and mandate.consent == Consent.PAPER and by.has_role(OFFICE),
    )
    if refusal:
        raise Refused(refusal)
    _end(mandate, by, now)


def _end(mandate: Mandate, by: Member | None, now: datetime) -> None:
    if Mandate.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=now, revoked_by=by):
        record(
            MandateEnded(
                community_id=mandate.member.community_id,
                person_id=by.person_id if by else None,
                mandate_id=mandate.pk,
                member_id=mandate.member_id,
                helper_member_id=mandate.helper_id,
            ),
            now=now,
        )


@transaction.atomic
def end_for_member(*, member_id: int, now: datetime) -> None:
    """Somebody left: nobody acts for them, and they act for nobody."""
    standing = Mandate.objects.filter(Q(member=member_id) | Q(helper=member_id), revoked_at=None)
    for mandate in standing.select_related("member"):
        _end(mandate, None, now)


@transaction.atomic
def end_between(*, member_id: int, other_id: int, now: datetime) -> None:
    """One of the two blocked the other."""
    pair = Q(member=member_id, helper=other_id) | Q(member=other_id, helper=member_id)
    for mandate in Mandate.objects.filter(pair, revoked_at=None).select_related("member"):
        _end(mandate, None, now)
