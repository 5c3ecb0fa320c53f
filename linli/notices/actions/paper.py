"""Homes that got a notice on paper."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from linli.entries.models import Entry
from linli.facts.notices import NoticeDelivered
from linli.homes.reads.scopes import units_in
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.notices import rules
from linli.notices.actions.publishing import is_entrusted
from linli.notices.models import PaperSheet
from linli.notices.scopes import places_of, scope_for
from linli.people.models import Member


@transaction.atomic
def note_paper(*, by: Member, entry: Entry, unit_ids: Collection[int], now: datetime) -> int:
    """These homes have it on paper now; answers for how many of them that is new. Homes it is not for are left out."""
    if not is_entrusted(by):
        raise Refused(rules.NOT_ENTRUSTED)
    reached = units_in(scope_for(by.community_id, entry.reach, places_of(entry))).filter(pk__in=unit_ids)
    there = set(PaperSheet.objects.filter(notice_id=entry.pk, unit__in=unit_ids).values_list("unit_id", flat=True))
    new = [pk for pk in reached.values_list("pk", flat=True) if pk not in there]
    made = [PaperSheet(notice_id=entry.pk, unit_id=pk, by=by, at=now) for pk in new]
    PaperSheet.objects.bulk_create(made, ignore_conflicts=True)
    if new:
        record(NoticeDelivered(community_id=by.community_id, person_id=by.person_id, entry_id=entry.pk, homes=len(new)))
    return len(new)


@transaction.atomic
def take_back_paper(*, by: Member, entry: Entry, unit_ids: Collection[int]) -> None:
    """It was ticked by mistake; twice changes nothing."""
    if not is_entrusted(by):
        raise Refused(rules.NOT_ENTRUSTED)
    PaperSheet.objects.filter(notice_id=entry.pk, unit__in=unit_ids).delete()
