from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from linli.facts.homes import TitleEnded, TitleRecorded
from linli.homes import rules
from linli.homes.actions.register import ask_steward
from linli.homes.models import Title, Unit
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people.models import Member


@transaction.atomic
def record_title(
    *,
    by: Member,
    unit: Unit,
    owner_name: str,
    share: tuple[int, int] = (1, 1),
    since: date,
    until: date | None = None,
    evidence: str = "",
    member: Member | None = None,
    now: datetime,
) -> Title:
    """Write down who owns a home, or a share of it."""
    ask_steward(by)
    if refusal := rules.refuse_identity_number(owner_name, evidence) or rules.refuse_period(since, until):
        raise Refused(refusal)
    if member and member.community_id != by.community_id:
        raise Refused(rules.OTHER_COMMUNITY)
    # Locked, so that two stewards cannot give away more than the whole between them.
    home = Unit.objects.select_for_update(of=("self",)).get(
        pk=unit.pk, entrance__building__community_id=by.community_id
    )
    others = [
        (Fraction(top, bottom), start, end)
        for top, bottom, start, end in home.titles.values_list("share_numerator", "share_denominator", "since", "until")
    ]
    if refusal := rules.refuse_shares((Fraction(*share), since, until), others):
        raise Refused(refusal)
    title = Title.objects.create(
        unit=home,
        owner_name=owner_name,
        member=member,
        share_numerator=share[0],
        share_denominator=share[1],
        since=since,
        until=until,
        evidence=evidence,
        recorded_at=now,
    )
    record(
        TitleRecorded(community_id=by.community_id, person_id=by.person_id, unit_id=unit.pk, title_id=title.pk), now=now
    )
    return title


@transaction.atomic
def end_title(*, by: Member, title: Title, until: date, now: datetime) -> None:
    """The home was sold or inherited: `until` is the first day on which the title no longer counts."""
    ask_steward(by)
    if refusal := rules.refuse_period(title.since, until):
        raise Refused(refusal)
    mine = Title.objects.filter(pk=title.pk, unit__entrance__building__community_id=by.community_id)
    if mine.exclude(until=until).update(until=until):
        record(
            TitleEnded(community_id=by.community_id, person_id=by.person_id, unit_id=title.unit_id, title_id=title.pk),
            now=now,
        )


@transaction.atomic
def remove_title(*, by: Member, title: Title, now: datetime) -> None:
    """It was a slip of the pen: as if it had never been written."""
    ask_steward(by)
    gone, _rows = Title.objects.filter(pk=title.pk, unit__entrance__building__community_id=by.community_id).delete()
    if gone:
        record(
            TitleEnded(community_id=by.community_id, person_id=by.person_id, unit_id=title.unit_id, title_id=title.pk),
            now=now,
        )
