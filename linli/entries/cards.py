"""Finished cards: rendered when an entry changes, not when somebody looks (docs/decisions/0004-cards.md).

A card is the same for every viewer. What differs by viewer (likes, own buttons) is laid into two
slots, characters of the private-use area that residents' text can never contain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import get_template
from django.utils import timezone, translation
from zoneinfo import ZoneInfo

from linli.entries.kinds import EntryKind, kind_of
from linli.entries.models import Entry, EntryPicture, Reach
from linli.homes.models import Occupancy
from linli.kernel.languages import LANGUAGES, column_suffix
from linli.kernel.markdown import plain
from linli.people.models import Member, Shown
from linli.people.roles import ROLE_NAMES, foremost

FOOT_SLOT = "\ue000"
OVERLAY_SLOT = "\ue001"
EXCERPT_CHARACTERS = 280


@dataclass(frozen=True)
class Author:
    """Who wrote it, as everybody who sees the card may know them."""

    id: int | None
    name: str
    home: str
    role: str
    portrait: str
    helper: str


@dataclass(frozen=True)
class CardPicture:
    id: int
    alt: str
    width: int
    height: int


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
    section: str
    reach: str
    places: str
    at: datetime
    is_edited: bool
    is_pinned: bool
    language: str


def author_of(member: Member | None, helper: Member | None, *, is_public: bool) -> Author:
    """Name, home and role of an author; the home only where the author shows it to all who see the card."""
    if member is None:
        return Author(None, "", "", "", "", "")
    role = foremost(member.roles)
    allowed = (Shown.PUBLIC,) if is_public else (Shown.MEMBERS, Shown.PUBLIC)
    return Author(
        id=member.pk,
        name=member.name,
        home=home_label(member.pk) if member.home_shown in allowed else "",
        role=str(ROLE_NAMES[role]) if role else "",
        portrait=member.portrait,
        helper=helper.name if helper else "",
    )


def home_label(member_id: int) -> str:
    """The building a member lives in, by its name; never the door number."""
    present = Occupancy.objects.filter(member_id=member_id, ended_at=None).order_by("id")
    return present.values_list("unit__entrance__building__name", flat=True).first() or ""


def places_label(entry: Entry) -> str:
    """“3号楼、5号楼 2单元”: names only of buildings and entrances, so that no home is named on a card."""
    places = entry.places.select_related("building", "entrance__building", "unit__entrance__building")
    names: dict[str, None] = {}
    for place in places:
        if place.building:
            names[place.building.name] = None
        elif place.entrance:
            names[f"{place.entrance.building.name} {place.entrance.name}"] = None
        elif place.unit:
            names[place.unit.entrance.building.name] = None
    return ("、" if translation.get_language() == "zh-hans" else ", ").join(names)


def card_of(entry: Entry) -> Card:
    """The data of a card in the active language."""
    text = plain(entry.body)
    community = entry.community
    return Card(
        id=entry.pk,
        slug=community.slug,
        url=f"/c/{community.slug}/entries/{entry.pk}/",
        kind=kind_of(entry.kind),
        author=author_of(entry.author, entry.helper, is_public=entry.reach == Reach.PUBLIC),
        title=entry.title,
        excerpt=text[:EXCERPT_CHARACTERS],
        is_cut=len(text) > EXCERPT_CHARACTERS,
        pictures=tuple(
            CardPicture(row.picture_id, row.alt, row.picture.width, row.picture.height)
            for row in EntryPicture.objects.filter(entry=entry).select_related("picture")
        ),
        section=entry.section.name if entry.section else "",
        reach=entry.reach,
        places=places_label(entry) if entry.reach == Reach.PLACES else "",
        at=timezone.localtime(entry.at, ZoneInfo(community.time_zone)),
        is_edited=entry.edited_at is not None,
        is_pinned=entry.pinned_until is not None,
        language=entry.language,
    )


def finish(entry: Entry) -> None:
    """Render the entry's card in each language into its row."""
    template = get_template("entries/_card.html", using="jinja2")
    columns = {}
    for language in LANGUAGES:
        with translation.override(language):
            columns[f"card_{column_suffix(language)}"] = template.render({"card": card_of(entry)})
    Entry.objects.filter(pk=entry.pk).update(**columns)


def rebuild(entries: Iterable[Entry]) -> int:
    """Render all of these again, after a change of the template or of an author's name."""
    count = 0
    for entry in entries:
        finish(entry)
        count += 1
    return count


def lay(card: str, foot: str, overlay: str = "") -> str:
    """The finished card with this viewer's own parts in its slots."""
    return card.replace(FOOT_SLOT, foot, 1).replace(OVERLAY_SLOT, overlay, 1)


__all__: Sequence[str] = ("Author", "Card", "author_of", "card_of", "finish", "lay", "rebuild")
