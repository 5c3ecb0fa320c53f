from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from linli.circles.models import Circle
from linli.entries import cards, mentions, rules
from linli.entries.models import (
    ADDRESSED_ROLES,
    NOTICE,
    SEES_ALL,
    Entry,
    EntryEnclosure,
    EntryPicture,
    EntryPlace,
    EntryVersion,
    Reach,
)
from linli.facts.entries import EntryDeleted, EntryEdited, EntryPosted
from linli.homes.models import Building, Entrance, Unit
from linli.kernel.journal import record
from linli.kernel.markdown import render
from linli.kernel.refusals import Refused
from linli.media.models import Enclosure, Picture
from linli.people.models import Community, Member, Section
from linli.people.rules import refuse_helping

BOARD_TOPIC = "board"
_ROLES_OF = {
    NOTICE: "notice_roles",
    "tip": "notice_roles",
}  # the setting that says who may post a kind; others follow talk


@dataclass(frozen=True)
class Places:
    """What an entry is addressed to, by ids; ids of other communities are left out silently."""

    buildings: Sequence[int] = ()
    entrances: Sequence[int] = ()
    units: Sequence[int] = ()
    circles: Sequence[int] = ()
    roles: Sequence[int] = ()

    def rows(self, community_id: int) -> list[EntryPlace]:
        buildings = Building.objects.filter(community_id=community_id, pk__in=self.buildings)
        entrances = Entrance.objects.filter(building__community_id=community_id, pk__in=self.entrances)
        circles = Circle.objects.open_in(community_id).filter(pk__in=self.circles)
        units = Unit.objects.filter(entrance__building__community_id=community_id, pk__in=self.units)
        return [
            *(EntryPlace(building=row) for row in buildings),
            *(EntryPlace(entrance=row) for row in entrances),
            *(EntryPlace(unit=row) for row in units),
            *(EntryPlace(circle=row) for row in circles),
            *(EntryPlace(role=int(role)) for role in ADDRESSED_ROLES if role in self.roles),
        ]


@dataclass(frozen=True)
class AttachedPicture:
    id: int
    alt: str = ""


@dataclass(frozen=True)
class AttachedEnclosure:
    id: int
    words: str = ""
    captions: str = ""


class Chosen(list[AttachedPicture]):
    """Pictures, and beside them the recordings and files of the same form; a plain list leaves the latter as they are."""

    def __init__(self, pictures: Iterable[AttachedPicture], enclosures: Sequence[AttachedEnclosure]) -> None:
        super().__init__(pictures)
        self.enclosures = tuple(enclosures)


def rows_of(pictures: Sequence[AttachedPicture]) -> list[list[Any]]:
    """The recordings and files among them, as a draft keeps them."""
    return [[one.id, one.words, one.captions] for one in _enclosures_of(pictures)]


def chosen_of(pictures: Iterable[Sequence[Any]], enclosures: Iterable[Sequence[Any]]) -> Chosen:
    """What a draft has kept."""
    return Chosen((AttachedPicture(*row) for row in pictures), [AttachedEnclosure(*row) for row in enclosures])


def _enclosures_of(pictures: Sequence[AttachedPicture]) -> tuple[AttachedEnclosure, ...]:
    return pictures.enclosures if isinstance(pictures, Chosen) else ()


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
    roles, agreement = Community.objects.values_list(_ROLES_OF.get(kind, "talk_roles"), "agreement_version").get(
        pk=by.community_id
    )
    refusal = rules.refuse_post(
        is_entrusted=by.has_role(roles),
        # An urgent notice must not wait for somebody to read new rules.
        is_unagreed=kind != NOTICE and by.agreed_version < agreement,
        text=title + body,
        pictures=len(pictures) + len(_enclosures_of(pictures)),
        needs_place=reach == Reach.PLACES,
        places=len(rows),
    )
    if refusal:
        raise Refused(refusal)
    people = mentions.people_in(by, body)
    entry, is_new = Entry.objects.get_or_create(
        author=by,
        key=key,
        defaults={
            "community": by.community,
            "kind": kind,
            "helper": by.helper,
            "section": _section(by, section_id),
            "reach": reach,
            "title": title,
            "body": body,
            "body_html": render(body, mentions.addresses(by.community.slug, people)),
            "language": language or cards.language_of(f"{title} {body}"),
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
    _enclose(by, entry, _enclosures_of(pictures))
    mentions.note(by=by, entry_id=entry.pk, text=body, people=people, now=now)
    cards.finish(entry)
    record(
        EntryPosted(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=entry.pk,
            entry_kind=kind,
        ),
        now=now,
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
    entry.community = by.community
    refusal = rules.refuse_edit(
        is_unagreed=entry.kind != NOTICE and by.agreed_version < by.community.agreement_version,
        is_author=is_office or entry.author_id == by.pk,
        is_deleted=entry.deleted_at is not None,
        text=title + body,
        pictures=len(pictures) + len(_enclosures_of(pictures)),
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
    people = mentions.people_in(by, body)
    entry.title, entry.body = title, body
    entry.body_html = render(body, mentions.addresses(by.community.slug, people))
    entry.language = cards.language_of(f"{title} {body}")
    entry.section = _section(by, section_id)
    entry.save(update_fields=("title", "body", "body_html", "language", "edited_at", "section"))
    before = set(EntryPicture.objects.filter(entry=entry).values_list("picture_id", flat=True))
    EntryPicture.objects.filter(entry=entry).delete()
    _attach(by, entry, pictures, now)
    let_go(before, now)
    if isinstance(pictures, Chosen):
        _enclose_again(by, entry, pictures.enclosures, now)
    mentions.note(by=by, entry_id=entry.pk, text=body, people=people, now=now)
    cards.finish(entry)
    record(
        EntryEdited(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=entry.pk,
            entry_kind=entry.kind,
        ),
        now=now,
    )


@transaction.atomic
def delete(*, by: Member, entry: Entry, topic: str = BOARD_TOPIC, now: datetime) -> None:
    """Take an entry away, with its words, history and pictures; deleting twice changes nothing."""
    _refuse_helper(by, topic)
    keeps_order = by.has_role(SEES_ALL) and not by.helper
    if refusal := rules.refuse_delete(is_author=entry.author_id == by.pk, keeps_order=keeps_order):
        raise Refused(refusal)
    gone = Entry.objects.filter(pk=entry.pk, deleted_at=None).update(
        deleted_at=now,
        title="",
        body="",
        body_html="",
        card_zh_hans="",
        card_en="",
        pinned_until=None,
        pinned_by=None,
        featured_at=None,
    )
    if not gone:
        return
    # Its pictures are no longer shown to anybody; a reaction removes the files.
    EntryVersion.objects.filter(entry=entry).delete()
    record(
        EntryDeleted(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=entry.pk,
            entry_kind=entry.kind,
        ),
        now=now,
    )


def _section(by: Member, pk: int | None) -> Section | None:
    """One of the community's own shelves, or none."""
    return Section.objects.filter(community_id=by.community_id, pk=pk).first() if pk else None


def _refuse_helper(by: Member, topic: str) -> None:
    if refusal := refuse_helping(is_helper=by.helper is not None, topics=by.mandate_topics, topic=topic):
        raise Refused(refusal)


def _attach(by: Member, entry: Entry, pictures: Sequence[AttachedPicture], now: datetime) -> None:
    """Only one's own pictures, or those the entry already showed."""
    if not pictures:
        return
    wanted = {picture.id: picture for picture in pictures}  # each once
    owners = {by.pk, entry.author_id}
    allowed = {row.pk: row for row in Picture.objects.filter(pk__in=wanted) if row.owner_id in owners}
    EntryPicture.objects.bulk_create(
        EntryPicture(entry=entry, picture=allowed[picture.id], position=i, alt=picture.alt[:200])
        for i, picture in enumerate(wanted.values())
        if picture.id in allowed
    )
    Picture.objects.filter(pk__in=allowed).update(unused_since=None)


def _enclose(by: Member, entry: Entry, enclosures: Sequence[AttachedEnclosure]) -> None:
    wanted = {enclosure.id: enclosure for enclosure in enclosures}
    owners = {by.pk, entry.author_id}
    allowed = {row.pk: row for row in Enclosure.objects.filter(pk__in=wanted) if row.owner_id in owners}
    EntryEnclosure.objects.bulk_create(
        EntryEnclosure(entry=entry, enclosure=allowed[one.id], position=i, words=one.words[:200], captions=one.captions)
        for i, one in enumerate(wanted.values())
        if one.id in allowed
    )
    if allowed:
        Enclosure.objects.filter(pk__in=allowed).update(unused_since=None)


def _enclose_again(by: Member, entry: Entry, enclosures: Sequence[AttachedEnclosure], now: datetime) -> None:
    rows = EntryEnclosure.objects.filter(entry=entry)
    before = set(rows.values_list("enclosure_id", flat=True))
    rows.delete()
    _enclose(by, entry, enclosures)
    let_enclosures_go(before, now)


def let_enclosures_go(ids: Iterable[int], now: datetime) -> None:
    """Recordings and files that no entry shows any more are swept a day later."""
    shown = EntryEnclosure.objects.filter(enclosure=OuterRef("pk"), entry__deleted_at=None)
    Enclosure.objects.filter(~Exists(shown), pk__in=list(ids)).update(unused_since=now)


def let_go(ids: set[int], now: datetime) -> None:
    """Pictures that no entry shows any more are swept a day later, so that an edit can be taken back."""
    shown = EntryPicture.objects.filter(picture=OuterRef("pk"), entry__deleted_at=None)
    Picture.objects.filter(~Exists(shown), pk__in=ids).update(unused_since=now)
