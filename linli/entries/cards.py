"""Finished cards: rendered when an entry changes, not when somebody looks (docs/decisions/0004-finished-cards.md).

A card is the same for every viewer. It ends open: what differs by viewer (a button of its kind, likes) follows,
and then `CARD_END`, so that a page is put together without looking into any card.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from linli.entries.kinds import EntryKind, kind_of
from linli.entries.models import Entry, EntryEnclosure, EntryPicture, EntryPlace, EntryQuerySet, Reach
from linli.homes.models import Occupancy
from linli.kernel.languages import column_suffix, in_each_language
from linli.kernel.markdown import plain
from linli.media import addresses
from linli.media.captions import has_times
from linli.media.models import Enclosure
from linli.media.reads import failure_words
from linli.people.models import Member, Shown
from linli.people.roles import ROLE_NAMES, Role, foremost

CARD_END = "</article>"
EXCERPT_CHARACTERS = 280
BATCH = 50

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True)
class Author:
    """Who wrote it, as everybody who sees the card may know them."""

    id: int | None
    name: str
    home: str
    role: str
    portrait: str
    helper: str


NOBODY = Author(None, "", "", "", "", "")


@dataclass(frozen=True)
class CardPicture:
    """In the terms of look's picture strip; `full` is where a tap leads."""

    id: int
    url: str
    full: str
    alt: str
    words: str  # what its author wrote about it; `alt` is never empty, because the picture is a link
    width: int
    height: int


@dataclass(frozen=True)
class CardEnclosure:
    """A video, sound or file in words: what it is, and how long or large."""

    id: int
    kind: str
    icon: str
    called: str
    words: str
    size: str
    url: str
    poster: str
    captions: str  # what is said in it, where it has no times
    track: str
    width: int
    height: int
    percent: int
    is_ready: bool
    failure: str


@dataclass(frozen=True)
class Card:
    id: int
    slug: str
    url: str
    kind: EntryKind
    author: Author
    title: str
    excerpt: str
    is_cut: bool
    pictures: tuple[CardPicture, ...]
    enclosures: tuple[CardEnclosure, ...]
    section: str
    reach: str
    places: str
    at: datetime
    is_edited: bool
    is_pinned: bool
    is_urgent: bool
    is_featured: bool
    is_settled: bool
    language: str


@dataclass(frozen=True)
class Around:
    """What belongs to some entries and stands in other tables, in four queries for any number of them."""

    homes: dict[int, str]
    pictures: dict[int, list[EntryPicture]]
    enclosures: dict[int, list[EntryEnclosure]]
    places: dict[int, list[EntryPlace]]


def around(entries: Sequence[Entry]) -> Around:
    ids = [entry.pk for entry in entries]
    pictures: dict[int, list[EntryPicture]] = defaultdict(list)
    for row in EntryPicture.objects.filter(entry__in=ids).select_related("picture"):
        pictures[row.entry_id].append(row)
    enclosures: dict[int, list[EntryEnclosure]] = defaultdict(list)
    for enclosed in EntryEnclosure.objects.filter(entry__in=ids).select_related("enclosure"):
        enclosures[enclosed.entry_id].append(enclosed)
    places: dict[int, list[EntryPlace]] = defaultdict(list)
    if addressed := [entry.pk for entry in entries if entry.reach == Reach.PLACES]:
        for place in _places().filter(entry__in=addressed):
            places[place.entry_id].append(place)
    return Around(home_labels({entry.author_id for entry in entries if entry.author_id}), pictures, enclosures, places)


def _places() -> QuerySet[EntryPlace]:
    return EntryPlace.objects.select_related(
        "building", "entrance__building", "unit__entrance__building", "circle"
    ).order_by("id")


def home_labels(member_ids: Iterable[int]) -> dict[int, str]:
    """The building each member lives in, by its name; never the door number."""
    rows = Occupancy.objects.filter(member_id__in=list(member_ids), ended_at=None).order_by("-id")
    # The oldest home comes last and stays.
    return dict(rows.values_list("member_id", "unit__entrance__building__name"))


def home_label(member_id: int) -> str:
    return home_labels([member_id]).get(member_id, "")


def shows_home(member: Member, *, is_public: bool) -> bool:
    """Whether everybody who sees this may know in which building the member lives."""
    return member.home_shown in ((Shown.PUBLIC,) if is_public else (Shown.MEMBERS, Shown.PUBLIC))


def author_of(member: Member | None, helper: Member | None, slug: str, home: str, *, is_public: bool) -> Author:
    """Name, home and role of an author; the home only where the author shows it to all who see the card."""
    if member is None:
        return NOBODY
    role = foremost(member.roles)
    return Author(
        id=member.pk,
        name=member.name,
        home=home if shows_home(member, is_public=is_public) else "",
        role=str(ROLE_NAMES[role]) if role else "",
        portrait=addresses.portrait(slug, member.pk, member.portrait),
        helper=helper.name if helper else "",
    )


def places_label(entry: Entry) -> str:
    """“3号楼、5号楼 2单元”: names only of buildings and entrances, so that no home is named on a card."""
    return places_words(places_of(entry.pk))


def places_of(entry_id: int) -> QuerySet[EntryPlace]:
    return _places().filter(entry=entry_id)


def places_words(places: Iterable[EntryPlace]) -> str:
    names: dict[str, None] = {}
    for place in places:
        if place.building:
            names[place.building.name] = None
        elif place.entrance:
            names[f"{place.entrance.building.name} {place.entrance.name}"] = None
        elif place.unit:
            names[place.unit.entrance.building.name] = None
        elif place.circle:
            names[place.circle.name] = None
        elif place.role:
            names[str(ROLE_NAMES[Role(place.role)])] = None
    return ("、" if translation.get_language() == "zh-hans" else ", ").join(names)


def language_of(text: str) -> str:
    """The `lang` of what somebody wrote; nothing where there are neither Chinese nor Latin letters."""
    if _HAN.search(text):
        return "zh-Hans"
    return "en" if _LATIN.search(text) else ""


def moment_words(at: datetime, language: str) -> str:
    """As look's `moment`, quicker: a page takes a thousandth of a second in all, and a date must not be a tenth of it."""
    if language == "zh-hans":
        return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
    return f"{at.day} {at:%B %Y, %H:%M}"


def pictures_of(slug: str, entry_id: int, rows: Sequence[EntryPicture]) -> tuple[CardPicture, ...]:
    """One alone fills the column, several share it."""
    size = 1200 if len(rows) == 1 else 480
    return tuple(
        CardPicture(
            id=row.picture_id,
            url=addresses.entry_picture(slug, entry_id, row.picture_id, size),
            full=addresses.entry_picture(slug, entry_id, row.picture_id, 2048),
            alt=row.alt or _("Picture %(number)s") % {"number": number},
            words=row.alt,
            width=row.picture.width,
            height=row.picture.height,
        )
        for number, row in enumerate(rows, start=1)
    )


_ICONS = {"video": "film", "audio": "audio-lines", "document": "file-text"}


def enclosures_of(slug: str, entry_id: int, rows: Sequence[EntryEnclosure]) -> tuple[CardEnclosure, ...]:
    return tuple(_enclosed(slug, entry_id, row, row.enclosure) for row in rows)


def _enclosed(slug: str, entry_id: int, row: EntryEnclosure, one: Enclosure) -> CardEnclosure:
    address = partial(addresses.entry_enclosure, slug, entry_id, one.pk)
    return CardEnclosure(
        id=one.pk,
        kind=one.kind,
        icon=_ICONS[one.kind],
        called=one.called,
        words=row.words,
        size=_size(one),
        url=address(one.suffix),
        poster=address("webp") if one.has_poster else "",
        captions=row.captions if row.captions and not has_times(row.captions) else "",
        track=address("vtt") if has_times(row.captions) else "",
        width=one.width,
        height=one.height,
        percent=one.percent,
        is_ready=one.ready_at is not None,
        failure=failure_words(one),
    )


def _size(one: Enclosure) -> str:
    if one.kind == Enclosure.Kind.DOCUMENT:
        kilobytes = max(1, round(one.size_bytes / 1000))
        return f"{kilobytes} kB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f} MB"
    return f"{one.seconds // 60}:{one.seconds % 60:02}"


def posters_of(enclosures: Sequence[CardEnclosure], url: str) -> tuple[CardPicture, ...]:
    """On the board a video is its poster, which leads to the entry."""
    return tuple(
        CardPicture(
            one.id,
            one.poster,
            url,
            _("Video: %(words)s") % {"words": one.words or one.called},
            "",
            one.width,
            one.height,
        )
        for one in enclosures
        if one.poster
    )


def card_of(entry: Entry, beside: Around) -> Card:
    """The data of a card in the active language."""
    text = plain(entry.body)
    slug = entry.community.slug
    url = f"/c/{slug}/entries/{entry.pk}/"
    home = beside.homes.get(entry.author_id or 0, "")
    pictures = pictures_of(slug, entry.pk, beside.pictures[entry.pk])
    enclosures = enclosures_of(
        slug, entry.pk, [row for row in beside.enclosures[entry.pk] if not row.enclosure.failed_at]
    )
    return Card(
        id=entry.pk,
        slug=slug,
        url=url,
        kind=kind_of(entry.kind),
        author=author_of(entry.author, entry.helper, slug, home, is_public=entry.reach == Reach.PUBLIC),
        title=entry.title,
        excerpt=text[:EXCERPT_CHARACTERS],
        is_cut=len(text) > EXCERPT_CHARACTERS,
        # On the board a picture leads to its entry; there it can be enlarged.
        pictures=(*posters_of(enclosures, url), *(replace(picture, full=url) for picture in pictures)),
        enclosures=enclosures,
        section=entry.section.name if entry.section else "",
        reach=entry.reach,
        places=places_words(beside.places[entry.pk]),
        at=entry.at,
        is_edited=entry.edited_at is not None,
        is_pinned=entry.pinned_until is not None and entry.pinned_by_id is not None,
        is_urgent=entry.pinned_until is not None and entry.pinned_by_id is None,
        is_featured=entry.featured_at is not None,
        is_settled=entry.settled_at is not None,
        language=entry.language or language_of(entry.title + text),
    )


def render_cards(entries: Sequence[Entry]) -> None:
    """Set the finished card of each language on the entries, unsaved."""
    beside = around(entries)
    for language in in_each_language():
        template = get_template("entries/_card.html", using="jinja2")
        for entry in entries:
            with timezone.override(ZoneInfo(entry.community.time_zone)):
                html = template.render({"card": card_of(entry, beside)}).strip().removesuffix(CARD_END)
            setattr(entry, f"card_{column_suffix(language)}", html)


def with_relations(pk: int) -> Entry:
    """An entry with all that its card needs."""
    return Entry.objects.select_related("author", "helper", "section", "community").get(pk=pk)


def finish(entry: Entry) -> None:
    """Render the entry's card in each language into its row."""
    render_cards([entry])
    entry.save(update_fields=("card_zh_hans", "card_en"))


def rebuild(entries: EntryQuerySet, after: int = 0) -> int | None:
    """Render one batch of these again; answers where to go on, or None at the end.

    Not inside a transaction: others must be able to write while cards are rendered.
    """
    rows = list(
        entries.present()
        .filter(pk__gt=after)
        .select_related("author", "helper", "section", "community")
        .order_by("pk")[:BATCH]
    )
    if not rows:
        return None
    before = [(row.card_zh_hans, row.card_en) for row in rows]
    render_cards(rows)
    with transaction.atomic():
        for row, (chinese, english) in zip(rows, before, strict=True):
            if (row.card_zh_hans, row.card_en) != (chinese, english):
                # Only over the card that was read: one that was finished meanwhile is newer than this.
                same = Entry.objects.filter(pk=row.pk, card_zh_hans=chinese, card_en=english)
                same.update(card_zh_hans=row.card_zh_hans, card_en=row.card_en)
    return rows[-1].pk
