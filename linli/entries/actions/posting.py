from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.entries import cards, rules
from linli.entries.models import SEES_ALL, Entry, EntryPicture, EntryPlace, EntryVersion, Reach
from linli.facts.entries import EntryDeleted, EntryEdited, EntryPosted
from linli.homes.models import Building, Entrance, Unit
from linli.kernel.journal import record
from linli.kernel.markdown import render
from linli.kernel.refusals import Refused
from linli.media.models import Picture
from linli.people.models import Community, Member, Section
from linli.people.rules import refuse_helping

BOARD_TOPIC = "board"


@dataclass(frozen=True)
class Places:
    """What an entry is addressed to, by ids; ids of other communities are left out silently."""

    buildings: Sequence[int] = ()
    entrances: Sequence[int] = ()
    units: Sequence[int] = ()

    def rows(self, community_id: int) -> list[EntryPlace]:
        buildings = Building.objects.filter(community_id=community_id, pk__in=self.buildings)
        entrances = Entrance.objects.filter(building__community_id=community_id, pk__in=self.entrances)
        units = Unit.objects.filter(entrance__building__community_id=community_id, pk__in=self.units)
        return [
            *(EntryPlace(building=row) for row in buildings),
            *(EntryPlace(entrance=row) for row in entrances),
            *(EntryPlace(unit=row) for row in units),
        ]


@dataclass(frozen=True)
class AttachedPicture:
    id: int
    alt: str = ""


NOWHERE = Places()


@transaction.atomic
def post(
    *,
    by: Member,
    kind: str = "talk",
    title: str = "",
    body: str,
    reach: str = Reach.COMMUNITY,
    places: Places = NOWHERE,
    section_id: int | None = None,
    pictures: Sequence[AttachedPicture] = (),
    language: str = "",
    pinned_until: datetime | None = None,
    key: str,
    topic: str = BOARD_TOPIC,
    now: datetime,
) -> Entry:
    """Put an entry on the board; the same key by the same author gives the entry posted before."""
    before = Entry.objects.filter(author=by, key=key).first()
    if before:
        return before
    _refuse_helper(by, topic)
    rows = places.rows(by.community_id) if reach == Reach.PLACES else []
    refusal = rules.refuse_post(
        is_entrusted=by.has_role(_roles_for(kind, by.community_id)),
        text=title + body,
        pictures=len(pictures),
        needs_place=reach == Reach.PLACES,
        places=len(rows),
    )
    if refusal:
        raise Refused(refusal)
    entry, is_new = Entry.objects.get_or_create(
        author=by,
        key=key,
        defaults={
            "community_id": by.community_id,
            "kind": kind,
            "helper": by.helper,
            "section": Section.objects.filter(community_id=by.community_id, pk=section_id).first(),
            "reach": reach,
            "title": title,
            "body": body,
            "body_html": render(body),
            "language": language,
            "at": now,
            "pinned_until": pinned_until,
        },
    )
    if not is_new:
        return entry
    for row in rows:
        row.entry = entry
    EntryPlace.objects.bulk_create(rows)
    _attach(by, entry, pictures, now)
    cards.finish(entry)
    record(
        EntryPosted(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=entry.pk,
            entry_kind=kind,
        )
    )
    return entry


@transaction.atomic
def edit(
    *,
    by: Member,
    entry: Entry,
    title: str,
    body: str,
    section_id: int | None = None,
    pictures: Sequence[AttachedPicture] = (),
    topic: str = BOARD_TOPIC,
    is_office: bool = False,
    now: datetime,
) -> None:
    """Change the words; what they were stays readable. `is_office`: a colleague may correct an office's entry."""
    _refuse_helper(by, topic)
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    refusal = rules.refuse_edit(
        is_author=is_office or entry.author_id == by.pk,
        is_deleted=entry.deleted_at is not None,
        text=title + body,
        pictures=len(pictures),
    )
    if refusal:
        raise Refused(refusal)
    is_reworded = (title, body) != (entry.title, entry.body)
    if is_reworded:
        EntryVersion.objects.create(
            entry=entry,
            title=entry.title,
            body=entry.body,
            written_at=entry.edited_at or entry.at,
            replaced_at=now,
            replaced_by=by,
        )
        entry.edited_at = now
    entry.title, entry.body, entry.body_html = title, body, render(body)
    entry.section = Section.objects.filter(community_id=by.community_id, pk=section_id).first()
    entry.save(update_fields=("title", "body", "body_html", "edited_at", "section"))
    EntryPicture.objects.filter(entry=entry).delete()
    _attach(by, entry, pictures, now)
    cards.finish(entry)
    record(
        EntryEdited(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=entry.pk,
            entry_kind=entry.kind,
        )
    )


@transaction.atomic
def delete(*, by: Member, entry: Entry, topic: str = BOARD_TOPIC, now: datetime) -> None:
    """Take an entry away, with its words, history and pictures; deleting twice changes nothing."""
    _refuse_helper(by, topic)
    keeps_order = by.has_role(SEES_ALL) and not by.helper
    if refusal := rules.refuse_delete(is_author=entry.author_id == by.pk, keeps_order=keeps_order):
        raise Refused(refusal)
    gone = Entry.objects.filter(pk=entry.pk, deleted_at=None).update(
        deleted_at=now, title="", body="", body_html="", card_zh_hans="", card_en="", pinned_until=None
    )
    if not gone:
        return
    EntryVersion.objects.filter(entry=entry).delete()
    EntryPicture.objects.filter(entry=entry).delete()
    record(
        EntryDeleted(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=entry.pk,
            entry_kind=entry.kind,
        )
    )


def _refuse_helper(by: Member, topic: str) -> None:
    if refusal := refuse_helping(is_helper=by.helper is not None, topics=by.mandate_topics, topic=topic):
        raise Refused(refusal)


def _roles_for(kind: str, community_id: int) -> int:
    field = "notice_roles" if kind == "notice" else "talk_roles"
    roles: int = Community.objects.values_list(field, flat=True).get(pk=community_id)
    return roles


def _attach(by: Member, entry: Entry, pictures: Sequence[AttachedPicture], now: datetime) -> None:
    """Only one's own pictures, or those the entry already showed."""
    allowed = {
        row.pk: row
        for row in Picture.objects.filter(pk__in=[picture.id for picture in pictures])
        if row.owner_id in (by.pk, entry.author_id)
    }
    EntryPicture.objects.bulk_create(
        EntryPicture(entry=entry, picture=allowed[picture.id], position=i, alt=picture.alt[:200])
        for i, picture in enumerate(pictures)
        if picture.id in allowed
    )
    Picture.objects.filter(pk__in=allowed, used_at=None).update(used_at=now)
