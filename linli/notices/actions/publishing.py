from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.entries import actions as entries
from linli.entries import cards
from linli.entries.actions.posting import NOWHERE, AttachedPicture, Places
from linli.entries.models import Entry, Reach
from linli.facts.notices import NoticeConfirmed, NoticeCorrected, NoticeEnded, NoticePublished, NoticeSeen
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.notices import rules
from linli.notices.models import Notice, NoticePlan, PaperSheet, Receipt
from linli.notices.scopes import homes_reached
from linli.people.models import Member
from linli.people.rules import refuse_helping

TOPIC = "notices"


@transaction.atomic
def publish(
    *,
    by: Member,
    title: str,
    body: str,
    is_urgent: bool = False,
    expires_at: datetime | None = None,
    reach: str = Reach.COMMUNITY,
    places: Places = NOWHERE,
    pictures: Sequence[AttachedPicture] = (),
    language: str = "",
    key: str,
    now: datetime,
) -> Entry:
    """Put a notice before all homes, or those chosen; the same key publishes once."""
    before = Entry.objects.filter(author=by, key=key).first()
    if before:
        return before
    ask_publish(by, title, is_urgent, expires_at, now)
    homes = homes_reached(by.community_id, reach, places)
    if reach == Reach.PLACES and not homes and not (places.roles or places.circles):
        raise Refused(rules.REACHES_NOBODY)
    entry = entries.post(
        by=by,
        kind="notice",
        title=title,
        body=body,
        reach=reach,
        places=places,
        pictures=pictures,
        language=language,
        pinned_until=expires_at if is_urgent else None,
        key=key,
        topic=TOPIC,
        now=now,
    )
    _, is_new = Notice.objects.get_or_create(
        entry=entry, defaults={"is_urgent": is_urgent, "expires_at": expires_at, "homes": homes}
    )
    if is_new:
        record(
            NoticePublished(
                community_id=by.community_id,
                person_id=by.person_id,
                entry_id=entry.pk,
                is_urgent=is_urgent,
                homes=homes,
            )
        )
    return entry


@transaction.atomic
def correct(
    *,
    by: Member,
    entry: Entry,
    title: str,
    body: str,
    pictures: Sequence[AttachedPicture] | None = None,
    now: datetime,
) -> None:
    """Change the words; any colleague in office may. Whoever had confirmed is asked again. No pictures: as they are."""
    if refusal := rules.refuse_correction(is_entrusted=is_entrusted(by), title=title):
        raise Refused(refusal)
    is_reworded = (title, body) != (entry.title, entry.body)
    if pictures is None:
        pictures = [AttachedPicture(*row) for row in entry.pictures.values_list("picture_id", "alt")]
    entries.edit(by=by, entry=entry, title=title, body=body, pictures=pictures, topic=TOPIC, is_office=True, now=now)
    if is_reworded:
        # Whoever had read the older words is shown what differs, counted from the first words they have not seen.
        Receipt.objects.filter(notice_id=entry.pk, corrected_at=None).update(corrected_at=now)
        Receipt.objects.filter(notice_id=entry.pk).update(confirmed_at=None)
        record(NoticeCorrected(community_id=by.community_id, person_id=by.person_id, entry_id=entry.pk))


@transaction.atomic
def end(*, by: Member, entry: Entry, now: datetime) -> None:
    """It no longer matters: taken from the top at once, kept in the list; ending twice changes nothing."""
    if refusal := rules.refuse_end(is_entrusted=is_entrusted(by)):
        raise Refused(refusal)
    running = Notice.objects.filter(pk=entry.pk).exclude(expires_at__lte=now)
    if not running.update(expires_at=now):
        return
    Entry.objects.filter(pk=entry.pk).update(pinned_until=None, pinned_by=None)
    cards.finish(cards.with_relations(entry.pk))
    record(NoticeEnded(community_id=by.community_id, person_id=by.person_id, entry_id=entry.pk))


@transaction.atomic
def confirm(*, by: Member, entry: Entry, now: datetime) -> None:
    """“知道了”: this member has read it; confirming twice changes nothing."""
    _refuse_helper(by)
    receipt, _ = Receipt.objects.get_or_create(
        notice_id=entry.pk, member=by, defaults={"seen_at": now, "helper": by.helper}
    )
    unconfirmed = Receipt.objects.filter(pk=receipt.pk, confirmed_at=None)
    if unconfirmed.update(confirmed_at=now, corrected_at=None, helper=by.helper):
        record(
            NoticeConfirmed(
                community_id=by.community_id,
                person_id=by.person_id,
                helper_id=by.helper.person_id if by.helper else None,
                entry_id=entry.pk,
            ),
            now=now,
        )


@transaction.atomic
def note_opened(*, by: Member, entry: Entry, now: datetime) -> None:
    """The member has opened it, which is less than confirming; a helper's look is not the elder's."""
    if by.helper:
        return
    _, is_new = Receipt.objects.get_or_create(notice_id=entry.pk, member=by, defaults={"seen_at": now})
    if is_new:
        record(NoticeSeen(community_id=by.community_id, person_id=by.person_id, entry_id=entry.pk))


def ask_publish(by: Member, title: str, is_urgent: bool, expires_at: datetime | None, now: datetime) -> None:
    """Raise what publishing would be refused for; asked before the preview too."""
    refusal = rules.refuse_publish(
        is_entrusted=is_entrusted(by), title=title, is_urgent=is_urgent, expires_at=expires_at, now=now
    )
    if refusal:
        raise Refused(refusal)


def is_entrusted(by: Member) -> bool:
    """Whether the member may write notices; a helper may not."""
    return by.helper is None and by.has_role(by.community.notice_roles)


def _refuse_helper(by: Member) -> None:
    if refusal := refuse_helping(is_helper=by.helper is not None, topics=by.mandate_topics, topic=TOPIC):
        raise Refused(refusal)


def forget(*, member_ids: Sequence[int]) -> None:
    """Remove the receipts and drafts of people whose account is erased, and their names as helpers."""
    NoticePlan.objects.filter(author_id__in=member_ids).delete()
    PaperSheet.objects.filter(by_id__in=member_ids).update(by=None)
    Receipt.objects.filter(member_id__in=member_ids).delete()
    Receipt.objects.filter(helper_id__in=member_ids).update(helper=None)
