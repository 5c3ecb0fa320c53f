"""What an editor of the board does to what others wrote: on top for a while, or among the best."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from linli.entries import cards, rules
from linli.entries.models import EDITORS, Entry
from linli.facts.entries import EntryFeatured, EntryPinned, EntryUnfeatured, EntryUnpinned
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people.models import Community, Member


def is_editor(member: Member) -> bool:
    """An office is held by a person, so a helper is none."""
    return member.helper is None and member.has_role(EDITORS)


@transaction.atomic
def feature(*, by: Member, entry: Entry, is_on: bool, now: datetime) -> None:
    """Take an entry among the best (精华), or out of them; the same wish twice changes nothing."""
    if refusal := rules.refuse_featuring(is_editor=is_editor(by)):
        raise Refused(refusal)
    present = Entry.objects.present().filter(pk=entry.pk)
    if is_on:
        changed = present.filter(featured_at=None).update(featured_at=now, featured_by=by)
    else:
        changed = present.exclude(featured_at=None).update(featured_at=None, featured_by=None)
    if changed:
        cards.finish(cards.with_relations(entry.pk))
        made = EntryFeatured if is_on else EntryUnfeatured
        record(made(community_id=by.community_id, person_id=by.person_id, entry_id=entry.pk, entry_kind=entry.kind))


@transaction.atomic
def pin(*, by: Member, entry: Entry, days: int, now: datetime) -> None:
    """Keep an entry on top for so many days; pinned again, its time begins anew."""
    # Editors of one community pin one after the other, so that two of them never make a fourth.
    Community.objects.select_for_update().get(pk=by.community_id)
    here = Entry.objects.present().filter(community_id=by.community_id, pinned_until__gt=now, pinned_by__isnull=False)
    refusal = rules.refuse_pin(
        is_editor=is_editor(by),
        is_pinned_by_itself=is_urgent(entry, now),
        pinned=here.exclude(pk=entry.pk).count(),
    )
    if refusal:
        raise Refused(refusal)
    until = now + timedelta(days=days)
    if Entry.objects.present().filter(pk=entry.pk).update(pinned_until=until, pinned_by=by):
        cards.finish(cards.with_relations(entry.pk))
        record(
            EntryPinned(community_id=by.community_id, person_id=by.person_id, entry_id=entry.pk, entry_kind=entry.kind)
        )


@transaction.atomic
def unpin(*, by: Member, entry: Entry, now: datetime) -> None:
    """Take an entry from the top; doing it twice changes nothing."""
    refusal = rules.refuse_unpin(is_editor=is_editor(by), is_pinned_by_itself=is_urgent(entry, now))
    if refusal:
        raise Refused(refusal)
    pinned = Entry.objects.present().filter(pk=entry.pk, pinned_by__isnull=False)
    if pinned.update(pinned_until=None, pinned_by=None):
        cards.finish(cards.with_relations(entry.pk))
        record(
            EntryUnpinned(
                community_id=by.community_id, person_id=by.person_id, entry_id=entry.pk, entry_kind=entry.kind
            )
        )


def settle(*, entry_id: int, is_on: bool, now: datetime) -> bool:
    """For packages whose kinds can be settled: set it or take it back, and finish the card; whether it changed.

    Inside the caller's transaction; whoever calls has asked whether it may be done, and records what happened.
    """
    present = Entry.objects.present().filter(pk=entry_id)
    if is_on:
        changed = present.filter(settled_at=None).update(settled_at=now)
    else:
        changed = present.exclude(settled_at=None).update(settled_at=None)
    if changed:
        cards.finish(cards.with_relations(entry_id))
    return bool(changed)


def is_urgent(entry: Entry, now: datetime) -> bool:
    """On top by itself, as an urgent notice is."""
    return entry.pinned_until is not None and entry.pinned_until > now and entry.pinned_by_id is None


def let_down(*, now: datetime) -> int:
    """Finish the cards of entries whose time on top is over; answers how many."""
    over = Entry.objects.present().filter(pinned_until__lte=now, pinned_by__isnull=False)
    ids = list(over.values_list("pk", flat=True)[:100])
    for pk in ids:
        with transaction.atomic():
            if Entry.objects.filter(pk=pk, pinned_until__lte=now).update(pinned_until=None, pinned_by=None):
                cards.finish(cards.with_relations(pk))
    return len(ids)
