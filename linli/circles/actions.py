from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from linli.circles import rules
from linli.circles.models import Belonging, Circle
from linli.facts.circles import CircleAsked, CircleChanged, CircleClosed, CircleFounded, CircleJoined, CircleLeft
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people.models import Member
from linli.people.roles import Role
from linli.people.rules import refuse_helping, refuse_unagreed


def found(*, by: Member, name: str, about: str, is_open: bool, now: datetime) -> Circle:
    """Found a circle and lead it; the name is its own within the community."""
    _refuse_helper(by)
    _refuse_unagreed(by)
    led = Belonging.objects.filter(member=by, is_lead=True, circle__closed_at=None).count()
    if refusal := rules.refuse_founding(name=name, led=led):
        raise Refused(refusal)
    try:
        with transaction.atomic():
            circle = Circle.objects.create(
                community=by.community,
                name=name,
                about=about,
                is_open=is_open,
                founded_by=by,
                founded_at=now,
                members=1,
            )
            Belonging.objects.create(circle=circle, member=by, asked_at=now, admitted_at=now, is_lead=True)
            record(CircleFounded(community_id=by.community_id, person_id=by.person_id, circle_id=circle.pk), now=now)
    except IntegrityError:
        raise Refused(rules.NAME_TAKEN) from None
    return circle


def change(*, by: Member, circle: Circle, name: str, about: str, is_open: bool, now: datetime) -> None:
    """Other words for it, or another way in; whoever still asks when it opens comes in."""
    _refuse_helper(by)
    _refuse_change(by, circle, name=name)
    try:
        with transaction.atomic():
            Circle.objects.filter(pk=circle.pk).update(name=name, about=about, is_open=is_open)
            if is_open:
                for waiting in Belonging.objects.filter(circle=circle, admitted_at=None):
                    _let_in(by, circle, waiting.member_id, now)
            record(CircleChanged(community_id=by.community_id, person_id=by.person_id, circle_id=circle.pk), now=now)
    except IntegrityError:
        raise Refused(rules.NAME_TAKEN) from None


@transaction.atomic
def close(*, by: Member, circle: Circle, now: datetime) -> None:
    """Close it: nobody writes to it any more, and its members keep reading what was written; twice changes nothing."""
    _refuse_helper(by)
    if circle.closed_at is None:
        _refuse_change(by, circle)
    if Circle.objects.filter(pk=circle.pk, closed_at=None).update(closed_at=now):
        record(CircleClosed(community_id=by.community_id, person_id=by.person_id, circle_id=circle.pk), now=now)


@transaction.atomic
def join(*, by: Member, circle: Circle, words: str = "", now: datetime) -> bool:
    """Come in, or ask where the circle is not open; answers whether the member is in. Twice changes nothing."""
    _refuse_helper(by)
    _refuse_unagreed(by)
    if circle.closed_at:
        raise Refused(rules.CLOSED)
    row, is_new = Belonging.objects.get_or_create(circle=circle, member=by, defaults={"asked_at": now, "words": words})
    if row.admitted_at:
        return True
    if circle.is_open:
        _let_in(by, circle, by.pk, now)
        return True
    if is_new:
        record(
            CircleAsked(community_id=by.community_id, person_id=by.person_id, circle_id=circle.pk, member_id=by.pk),
            now=now,
        )
    return False


@transaction.atomic
def admit(*, by: Member, circle: Circle, member_id: int, now: datetime) -> None:
    """Let in who asks; twice changes nothing."""
    _refuse_helper(by)
    _refuse_change(by, circle)
    if not Belonging.objects.filter(circle=circle, member=member_id, member__left_at=None).exists():
        raise Refused(rules.NOT_IN_IT)
    _let_in(by, circle, member_id, now)


@transaction.atomic
def leave(*, by: Member, circle: Circle, now: datetime) -> None:
    """Go, or take back that one asks; the last one who leads it cannot while others are in it."""
    _refuse_helper(by)
    Circle.objects.select_for_update().get(pk=circle.pk)
    mine = Belonging.objects.filter(circle=circle, member=by).first()
    if mine is None:
        return
    present = Belonging.objects.filter(circle=circle, admitted_at__isnull=False)
    refusal = rules.refuse_leaving(
        is_lead=mine.is_lead and circle.closed_at is None,
        leads=present.filter(is_lead=True).count(),
        members=present.count(),
    )
    if refusal:
        raise Refused(refusal)
    _let_go(by, circle, by.pk, now)
    if not present.exists():
        Circle.objects.filter(pk=circle.pk, closed_at=None).update(closed_at=now)


@transaction.atomic
def let_go(*, by: Member, circle: Circle, member_id: int, now: datetime) -> None:
    """Take a member out of the circle, or say no to one who asks; twice changes nothing."""
    if member_id == by.pk:
        leave(by=by, circle=circle, now=now)
        return
    _refuse_helper(by)
    _refuse_change(by, circle)
    _let_go(by, circle, member_id, now)


@transaction.atomic
def let_lead(*, by: Member, circle: Circle, member_id: int, is_on: bool, now: datetime) -> None:
    """Let another member lead the circle too, or no longer; one at least always leads it."""
    _refuse_helper(by)
    _refuse_change(by, circle)
    Circle.objects.select_for_update().get(pk=circle.pk)
    present = Belonging.objects.filter(circle=circle, admitted_at__isnull=False)
    row = present.filter(member=member_id).first()
    if row is None:
        raise Refused(rules.NOT_IN_IT)
    leads = present.filter(is_lead=True).count()
    if not is_on and (refusal := rules.refuse_leaving(is_lead=row.is_lead, leads=leads, members=2)):
        raise Refused(refusal)
    if present.filter(pk=row.pk, is_lead=not is_on).update(is_lead=is_on):
        record(CircleChanged(community_id=by.community_id, person_id=by.person_id, circle_id=circle.pk), now=now)


@transaction.atomic
def forget(*, member_ids: Collection[int], now: datetime) -> None:
    """Take these members out of all their circles; where nobody leads one any more, its oldest member does."""
    gone = Belonging.objects.filter(member__in=member_ids)
    circles = set(gone.values_list("circle", flat=True))
    gone.delete()
    Circle.objects.filter(founded_by__in=member_ids).update(founded_by=None)
    for pk in circles:
        present = Belonging.objects.filter(circle=pk, admitted_at__isnull=False).order_by("admitted_at", "pk")
        oldest = present.first()
        Circle.objects.filter(pk=pk).update(members=present.count())
        if oldest is None:
            Circle.objects.filter(pk=pk, closed_at=None).update(closed_at=now)
        elif not present.filter(is_lead=True).exists():
            present.filter(pk=oldest.pk).update(is_lead=True)


def _let_in(by: Member, circle: Circle, member_id: int, now: datetime) -> None:
    waiting = Belonging.objects.filter(circle=circle, member=member_id, admitted_at=None)
    if waiting.update(admitted_at=now, words=""):
        Circle.objects.filter(pk=circle.pk).update(members=F("members") + 1)
        record(
            CircleJoined(
                community_id=by.community_id, person_id=by.person_id, circle_id=circle.pk, member_id=member_id
            ),
            now=now,
        )


def _let_go(by: Member, circle: Circle, member_id: int, now: datetime) -> None:
    row = Belonging.objects.select_for_update().filter(circle=circle, member=member_id).first()
    if row is None:
        return
    row.delete()
    if row.admitted_at:
        Circle.objects.filter(pk=circle.pk).update(members=F("members") - 1)
    record(
        CircleLeft(community_id=by.community_id, person_id=by.person_id, circle_id=circle.pk, member_id=member_id),
        now=now,
    )


def _refuse_change(by: Member, circle: Circle, name: str | None = None) -> None:
    leads = Belonging.objects.filter(circle=circle, member=by, is_lead=True, admitted_at__isnull=False)
    refusal = rules.refuse_change(
        is_lead=leads.exists(), is_steward=by.has_role(Role.STEWARD), is_closed=circle.closed_at is not None, name=name
    )
    if refusal:
        raise Refused(refusal)


def _refuse_helper(by: Member) -> None:
    if refusal := refuse_helping(is_helper=by.helper is not None, topics=by.mandate_topics, topic=None):
        raise Refused(refusal)


def _refuse_unagreed(by: Member) -> None:
    refusal = refuse_unagreed(agreed_version=by.agreed_version, agreement_version=by.community.agreement_version)
    if refusal:
        raise Refused(refusal)
