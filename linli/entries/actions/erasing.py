from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from linli.entries import cards
from linli.entries.kinds import kind_of
from linli.entries.models import Entry, EntryEnclosure, EntryPicture, EntryVersion, Mention
from linli.facts.entries import EntryDeleted
from linli.kernel.journal import record


@transaction.atomic
def erase(*, member_ids: Collection[int], now: datetime) -> None:
    """Take away what these members wrote for themselves; what they announced for an office stays without their name."""
    theirs = Entry.objects.filter(Q(author__in=member_ids) | Q(helper__in=member_ids)).select_related(
        "author", "helper", "section", "community"
    )
    EntryVersion.objects.filter(replaced_by__in=member_ids).update(replaced_by=None)
    Mention.objects.filter(Q(member__in=member_ids) | Q(by__in=member_ids)).delete()
    for entry in theirs:
        is_author = entry.author_id in member_ids
        if is_author and not kind_of(entry.kind).is_announced:
            _erase(entry, now)
        else:
            _unname(entry, member_ids, is_author=is_author)


def _erase(entry: Entry, now: datetime) -> None:
    Entry.objects.filter(pk=entry.pk).update(
        deleted_at=entry.deleted_at or now,
        author=None,
        helper=None,
        title="",
        body="",
        body_html="",
        card_zh_hans="",
        card_en="",
        pinned_until=None,
    )
    EntryVersion.objects.filter(entry=entry).delete()
    if entry.deleted_at is None:
        record(EntryDeleted(community_id=entry.community_id, entry_id=entry.pk, entry_kind=entry.kind))


def _unname(entry: Entry, member_ids: Collection[int], *, is_author: bool) -> None:
    if is_author:
        entry.author = None
    if entry.helper_id in member_ids:
        entry.helper = None
    entry.save(update_fields=("author", "helper"))
    EntryPicture.objects.filter(entry=entry, picture__owner__in=member_ids).delete()
    EntryEnclosure.objects.filter(entry=entry, enclosure__owner__in=member_ids).delete()
    if entry.deleted_at is None:
        cards.finish(entry)
