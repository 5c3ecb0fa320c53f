"""One entry: on its own page, and its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.http import Http404
from django.utils import timezone, translation
from markupsafe import Markup

from linli.entries import feet
from linli.entries.cards import (
    NOBODY,
    Author,
    CardEnclosure,
    CardPicture,
    enclosures_of,
    language_of,
    moment_words,
    pictures_of,
    places_of,
    places_words,
)
from linli.entries.kinds import EntryKind, kind_of
from linli.entries.models import EDITORS, SEES_ALL, Entry, EntryEnclosure, EntryPicture, Reach
from linli.entries.reads.feeds import Rows, sight_of
from linli.homes.models import Occupancy
from linli.kernel.markdown import plain
from linli.kernel.prepared import PreparedRead, as_moment
from linli.media import addresses
from linli.people.models import Community, Member, Shown
from linli.people.roles import ROLE_NAMES, foremost


def entry_or_404(community: Community, member: Member | None, pk: int) -> Entry:
    """The entry with its author, if this visitor may see it."""
    if member:
        found = Entry.objects.visible_to(member)
    else:
        found = Entry.objects.public_in(community.pk)
    entry = found.select_related("author", "helper", "section").filter(pk=pk).first()
    if entry is None:
        raise Http404
    entry.community = community
    return entry


def edit_url(entry: Entry) -> str:
    """The name of the page where another package's kind is edited, or nothing."""
    return kind_of(entry.kind).edit_url


@cache
def _picture(sight: int) -> PreparedRead:
    def rows(member_id: int, community_id: int, pk: int, picture_id: int) -> Rows:
        found = Entry.objects.visible_to_id(member_id, community_id, sight)
        return found.filter(pk=pk, pictures__picture_id=picture_id).values_list("pictures__picture__name", "reach")[:1]

    return PreparedRead(rows)


@cache
def _public_picture() -> PreparedRead:
    def rows(community_id: int, pk: int, picture_id: int) -> Rows:
        found = Entry.objects.public_in(community_id).filter(pk=pk, pictures__picture_id=picture_id)
        return found.values_list("pictures__picture__name", "reach")[:1]

    return PreparedRead(rows)


def picture_or_404(community: Community, member: Member | None, pk: int, picture_id: int) -> tuple[str, bool]:
    """Name of the picture's files, and whether everybody may see them."""
    if member:
        rows = _picture(sight_of(member.roles)).rows(
            member_id=member.pk, community_id=community.pk, pk=pk, picture_id=picture_id
        )
    else:
        rows = _public_picture().rows(community_id=community.pk, pk=pk, picture_id=picture_id)
    if not rows:
        raise Http404
    name, reach = rows[0]
    return name, reach == Reach.PUBLIC and community.is_public


@dataclass(frozen=True)
class EntryShown:
    """An entry on its own page."""

    id: int
    kind: EntryKind
    author: Author
    title: str
    html: Markup
    excerpt: str
    pictures: tuple[CardPicture, ...]
    enclosures: tuple[CardEnclosure, ...]
    section: str
    reach: str
    places: str
    at: datetime
    edited_at: datetime | None
    is_pinned: bool
    is_urgent: bool
    is_featured: bool
    is_settled: bool
    language: str
    likes: int
    comments: int
    mine: int  # the number of the viewer's own reaction
    may_edit: bool
    may_delete: bool
    may_choose: bool  # put it on top, or among the best

    @property
    def moment(self) -> str:
        """When it was written, in words for pages without JavaScript."""
        return moment_words(timezone.localtime(self.at), translation.get_language() or "")

    @property
    def heading(self) -> str:
        """What stands in the browser's tab and in links to the page."""
        return self.title or self.excerpt[:40]


_PAGE_FIELDS = (
    "kind", "title", "body", "body_html", "language", "at", "edited_at", "pinned_until", "pinned_by_id", "featured_at", "settled_at", "reach", "likes", "comments",
    "section__name", "author_id", "author__name", "author__roles", "author__portrait", "author__home_shown",
    "helper__name", "home", "has_pictures", "has_enclosures", "liked",
)  # fmt: skip


def with_home(entries: QuerySet[Entry], member: Any) -> QuerySet[Entry]:
    """Beside each entry the building in which somebody (an expression for the member's id) lives."""
    homes = Occupancy.objects.filter(member_id=member, ended_at=None).order_by("id")
    return entries.annotate(home=Subquery(homes.values("unit__entrance__building__name")[:1]))


def _page_rows(entries: QuerySet[Entry], liked: Combinable) -> Rows:
    has_pictures = Exists(EntryPicture.objects.filter(entry=OuterRef("pk")))
    has_enclosures = Exists(EntryEnclosure.objects.filter(entry=OuterRef("pk")))
    found = with_home(entries, OuterRef("author_id")).annotate(
        has_pictures=has_pictures, has_enclosures=has_enclosures, liked=liked
    )
    return found.values_list(*_PAGE_FIELDS)[:1]


@cache
def _entry_page(sight: int) -> PreparedRead:
    def rows(member_id: int, community_id: int, pk: int) -> Rows:
        found = Entry.objects.visible_to_id(member_id, community_id, sight).filter(pk=pk)
        return _page_rows(found, feet.liked_by(member_id))

    return PreparedRead(rows)


@cache
def _public_entry_page() -> PreparedRead:
    def rows(community_id: int, pk: int) -> Rows:
        return _page_rows(Entry.objects.public_in(community_id).filter(pk=pk), Value(0))

    return PreparedRead(rows)


def entry_shown(community: Community, member: Member | None, pk: int) -> EntryShown:
    """The entry as its page shows it, or 404; one statement, and one each for pictures and places if it has any."""
    if member:
        rows = _entry_page(sight_of(member.roles)).rows(member_id=member.pk, community_id=community.pk, pk=pk)
    else:
        rows = _public_entry_page().rows(community_id=community.pk, pk=pk)
    if not rows:
        raise Http404
    row = SimpleNamespace(**dict(zip(_PAGE_FIELDS, rows[0], strict=True)))
    pictures: tuple[CardPicture, ...] = ()
    if row.has_pictures:
        attached = list(EntryPicture.objects.filter(entry=pk).select_related("picture"))
        pictures = pictures_of(community.slug, pk, attached)
    enclosures: tuple[CardEnclosure, ...] = ()
    is_author = member is not None and row.author_id == member.pk
    if row.has_enclosures:
        enclosures = _enclosures(community.slug, pk, with_failed=is_author)
    keeps_order = member is not None and member.has_role(SEES_ALL) and not member.helper
    kind = kind_of(row.kind)
    return EntryShown(
        id=pk,
        kind=kind,
        author=_author(row, community.slug),
        title=row.title,
        html=Markup(row.body_html),  # noqa: S704  (cleaned by kernel.markdown when it was written)
        excerpt=plain(row.body)[:200] if row.reach == Reach.PUBLIC or not row.title else "",
        pictures=pictures,
        enclosures=enclosures,
        section=row.section__name or "",
        reach=row.reach,
        places=places_words(places_of(pk)) if row.reach == Reach.PLACES else "",
        at=as_moment(row.at),
        edited_at=as_moment(row.edited_at) if row.edited_at else None,
        is_pinned=row.pinned_until is not None and row.pinned_by_id is not None,
        is_urgent=row.pinned_until is not None and row.pinned_by_id is None,
        is_featured=row.featured_at is not None,
        is_settled=row.settled_at is not None,
        language=row.language or language_of(row.title + row.body[:200]),
        likes=row.likes,
        comments=row.comments,
        mine=row.liked or 0,
        may_edit=is_author and not kind.edit_url,
        may_delete=is_author or keeps_order,
        may_choose=member is not None and member.has_role(EDITORS) and not member.helper,
    )


def _enclosures(slug: str, pk: int, *, with_failed: bool) -> tuple[CardEnclosure, ...]:
    """What could not be prepared is told to its author alone."""
    rows = EntryEnclosure.objects.filter(entry=pk).select_related("enclosure")
    return enclosures_of(slug, pk, [row for row in rows if with_failed or not row.enclosure.failed_at])


def enclosure_or_404(
    community: Community, member: Member | None, pk: int, enclosure_id: int
) -> tuple[EntryEnclosure, bool]:
    """The recording or file in an entry this visitor may see, and whether everybody may."""
    found = Entry.objects.visible_to(member) if member else Entry.objects.public_in(community.pk)
    rows = EntryEnclosure.objects.filter(entry__in=found.filter(pk=pk), enclosure=enclosure_id)
    row = rows.select_related("enclosure", "entry").first()
    if row is None:
        raise Http404
    return row, row.entry.reach == Reach.PUBLIC and community.is_public


def _author(row: SimpleNamespace, slug: str) -> Author:
    if row.author_id is None:
        return NOBODY
    allowed = (Shown.PUBLIC,) if row.reach == Reach.PUBLIC else (Shown.MEMBERS, Shown.PUBLIC)
    role = foremost(row.author__roles)
    return Author(
        id=row.author_id,
        name=row.author__name,
        home=(row.home or "") if row.author__home_shown in allowed else "",
        role=str(ROLE_NAMES[role]) if role else "",
        portrait=addresses.portrait(slug, row.author_id, row.author__portrait),
        helper=row.helper__name or "",
    )
