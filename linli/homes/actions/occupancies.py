from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, DateField, F, Value, When

from linli.facts.homes import MovedIn, MovedOut
from linli.homes import rules
from linli.homes.days import day_of
from linli.homes.models import Occupancy, Unit
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people.models import Member
from linli.people.roles import OFFICE


@transaction.atomic
def move_in(
    *,
    by: Member,
    unit: Unit,
    member: Member,
    kind: str,
    since: date,
    until: date | None = None,
    verified_how: str,
    now: datetime,
) -> Occupancy:
    """The office writes down who lives in a home, and how it knows."""
    if refusal := rules.refuse_occupancy_change(is_office=by.has_role(OFFICE) and not by.helper):
        raise Refused(refusal)
    if refusal := rules.refuse_identity_number(verified_how) or rules.refuse_period(since, until):
        raise Refused(refusal)
    if member.community_id != by.community_id or member.left_at:
        raise Refused(rules.OTHER_COMMUNITY)
    if Occupancy.objects.filter(unit=unit, member=member, ended_at=None).exists():
        raise Refused(rules.LIVES_HERE)
    return settle(
        unit=unit,
        member=member,
        kind=kind,
        since=since,
        until=until,
        verified_by=by,
        verified_how=verified_how,
        now=now,
    )


@transaction.atomic
def settle(
    *,
    unit: Unit,
    member: Member,
    kind: str,
    since: date | None = None,
    until: date | None = None,
    verified_by: Member | None,
    verified_how: str,
    now: datetime,
) -> Occupancy:
    """Give the member the home. For those who have already asked: a letter, an approval, the office; twice is once."""
    try:
        with transaction.atomic():
            occupancy = Occupancy.objects.create(
                unit=unit,
                member=member,
                kind=kind,
                since=since or day_of(member.community, now),
                until=until,
                verified_by=verified_by,
                verified_how=verified_how,
                verified_at=now,
                recorded_at=now,
            )
    except IntegrityError:
        return Occupancy.objects.get(unit=unit, member=member, ended_at=None)
    fact = MovedIn(
        community_id=member.community_id,
        person_id=(verified_by or member).person_id,
        unit_id=unit.pk,
        member_id=member.pk,
        occupancy_kind=kind,
    )
    record(fact, now=now)
    return occupancy


@transaction.atomic
def end_occupancy(*, by: Member, occupancy: Occupancy, now: datetime) -> None:
    """The member no longer belongs to the home, from this moment; the row stays as history."""
    is_office = by.has_role(OFFICE) and by.community_id == occupancy.member.community_id
    if by.helper or not (is_office or by.pk == occupancy.member_id):
        raise Refused(rules.NOT_YOURS)
    _end([occupancy], by.person_id, day_of(by.community, now), now)


@transaction.atomic
def end_for_member(*, member_id: int, now: datetime) -> None:
    """Who has left the community has left its homes."""
    current = list(Occupancy.objects.filter(member=member_id, ended_at=None).select_related("member__community"))
    if current:
        _end(current, None, day_of(current[0].member.community, now), now)


def end_due(*, now: datetime) -> int:
    """End those whose last day has come, by the calendar of their community; run daily. Answers how many."""
    ended = 0
    # East of Greenwich the day is already further than here; each row is asked again by its own calendar.
    tomorrow = now.date() + timedelta(days=1)
    due = Occupancy.objects.filter(ended_at=None, until__lte=tomorrow).select_related("member__community")
    for occupancy in list(due):
        if occupancy.until and occupancy.until <= day_of(occupancy.member.community, now):
            with transaction.atomic():
                ended += _end([occupancy], None, occupancy.until, now)
    return ended


def _end(occupancies: list[Occupancy], person_id: int | None, day: date, now: datetime) -> int:
    ended = 0
    for occupancy in occupancies:
        still_open = Occupancy.objects.filter(pk=occupancy.pk, ended_at=None)
        # A stay that was to begin later ends on the day it would have begun.
        last = Case(When(since__gt=day, then=F("since")), default=Value(day, output_field=DateField()))
        if not still_open.update(ended_at=now, until=last):
            continue
        ended += 1
        fact = MovedOut(
            community_id=occupancy.member.community_id,
            person_id=person_id,
            unit_id=occupancy.unit_id,
            member_id=occupancy.member_id,
        )
        record(fact, now=now)
    return ended
