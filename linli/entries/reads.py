"""What the pages of the board show, as frozen values, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.http import Http404
from markupsafe import Markup

from linli.entries import feet, rules
from linli.entries.cards import NOBODY, Author, CardPicture, language_of, lay, pictures_of, places_of, places_words
from linli.entries.differences import Piece, differences
from linli.entries.kinds import EntryKind, kind_of, overlays
from linli.entries.models import SEES_ALL, SEES_NOTICES, Entry, EntryPicture, EntryVersion, Reach
from linli.homes.models import Building, Occupancy
from linli.homes.skylines import skyline_of
from linli.kernel.languages import column_suffix
from linli.kernel.markdown import plain
from linli.kernel.prepared import PreparedRead
from linli.kernel.refusals import Refusal
from linli.look.skyline import Skyline
from linli.media import addresses
from linli.people.models import Community, Member, Section, Shown
from linli.people.roles import ROLE_NAMES, foremost

PAGE = 20
NEWEST = 2**62
PINNED_MAX = 5


@dataclass(frozen=True)
class Feed:
    """Finished cards as one piece of HTML each, and the row to go on from."""

    pinned: Markup
    cards: Markup
    before: int | None


# Rows of every feed: id, kind, likes, comments, finished card, and for members whether they like it.
def _fields(language: str) -> tuple[str, ...]:
    return ("id", "kind", "likes", "comments", f"card_{column_suffix(language)}")


Rows = QuerySet[Entry, tuple[object, ...]]


def _sight(roles: int) -> int:
    """Members with the same sight share one compiled statement."""
    return roles & (SEES_ALL | SEES_NOTICES)


def _member_rows(found: QuerySet[Entry], member_id: int, language: str, most: int) -> Rows:
    liked = found.annotate(liked=feet.liked_by(member_id)).order_by("-id")
    return liked.values_list(*_fields(language), "liked")[:most]


@cache
def _member_feed(language: str, sight: int, is_building: bool) -> PreparedRead:
    def rows(member_id: int, community_id: int, before: int) -> Rows:
        found = Entry.objects.visible_to_id(member_id, community_id, sight).filter(id__lt=before)
        if is_building:
            found = found.for_building_of(member_id)
        return _member_rows(found, member_id, language, PAGE + 1)

    return PreparedRead(rows)


@cache
def _pinned(language: str, sight: int) -> PreparedRead:
    def rows(member_id: int, community_id: int, now: datetime) -> Rows:
        found = Entry.objects.visible_to_id(member_id, community_id, sight).filter(pinned_until__gt=now)
        return _member_rows(found, member_id, language, PINNED_MAX)

    return PreparedRead(rows)


@cache
def _public_feed(language: str) -> PreparedRead:
    def rows(community_id: int, before: int) -> Rows:
        found = Entry.objects.public_in(community_id).filter(id__lt=before)
        return found.order_by("-id").values_list(*_fields(language))[: PAGE + 1]

    return PreparedRead(rows)


@cache
def _author_feed(language: str, sight: int) -> PreparedRead:
    def rows(member_id: int, community_id: int, author_id: int, before: int) -> Rows:
        found = Entry.objects.visible_to_id(member_id, community_id, sight)
        return _member_rows(found.filter(author_id=author_id, id__lt=before), member_id, language, PAGE + 1)

    return PreparedRead(rows)


def member_feed(member: Member, *, language: str, before: int | None, is_building: bool = False, now: datetime) -> Feed:
    """The board as a member sees it; the first page has the pinned entries on top."""
    sight = _sight(member.roles)
    rows = _member_feed(language, sight, is_building).rows(
        member_id=member.pk, community_id=member.community_id, before=before or NEWEST
    )
    pinned: list[tuple[Any, ...]] = []
    if before is None:
        pinned = _pinned(language, sight).rows(member_id=member.pk, community_id=member.community_id, now=now)
    return _feed(member.community.slug, rows, pinned, member=member, language=language)


def public_feed(community: Community, *, language: str, before: int | None) -> Feed:
    """The board as strangers see it: what is meant for everybody."""
    rows = _public_feed(language).rows(community_id=community.pk, before=before or NEWEST)
    return _feed(community.slug, rows, [], member=None, language=language)


def author_feed(member: Member, author_id: int, *, language: str, before: int | None) -> Feed:
    """What one member has written, as another member sees it."""
    rows = _author_feed(language, _sight(member.roles)).rows(
        member_id=member.pk, community_id=member.community_id, author_id=author_id, before=before or NEWEST
    )
    return _feed(member.community.slug, rows, [], member=member, language=language)


def public_author_feed(community: Community, author_id: int, *, language: str, before: int | None) -> Feed:
    """What one member has written for everybody."""
    found = Entry.objects.public_in(community.pk).filter(author_id=author_id, id__lt=before or NEWEST)
    rows = list(found.order_by("-id").values_list(*_fields(language))[: PAGE + 1])
    return _feed(community.slug, rows, [], member=None, language=language)


def _feed(
    slug: str, rows: list[tuple[Any, ...]], pinned: list[tuple[Any, ...]], *, member: Member | None, language: str
) -> Feed:
    page = rows[:PAGE]
    above = {row[0] for row in pinned}
    over = _overlays(member, [*pinned, *page]) if member else {}
    return Feed(
        pinned=_laid(slug, pinned, over, member=member, language=language),
        cards=_laid(slug, [row for row in page if row[0] not in above], over, member=member, language=language),
        before=page[-1][0] if len(rows) > PAGE else None,
    )


def _overlays(member: Member, rows: list[tuple[Any, ...]]) -> dict[int, Markup]:
    """What kinds lay over their own cards for this viewer; asked only for kinds that are on the page."""
    over: dict[int, Markup] = {}
    for kind, overlay in overlays().items():
        of_kind = [row[0] for row in rows if row[1] == kind]
        if of_kind:
            over.update(overlay(member, of_kind))
    return over


def _laid(
    slug: str, rows: list[tuple[Any, ...]], over: dict[int, Markup], *, member: Member | None, language: str
) -> Markup:
    """The viewer's own state over the finished cards, in one piece."""
    is_member = member is not None
    html = []
    for row in rows:
        pk, _kind, likes, comments, card = row[:5]
        is_liked = is_member and bool(row[5])
        pattern = feet.foot_pattern(language, is_liked, is_member, likes > 0, comments > 0)
        foot = pattern % {"slug": slug, "id": pk, "likes": likes, "comments": comments}
        html.append(lay(card, foot, over.get(pk, "")))
    return Markup("".join(html))  # noqa: S704  (finished cards are escaped when they are rendered)


def foot_of(entry_id: int, likes: int, comments: int, *, member: Member, is_liked: bool, language: str) -> Markup:
    """The foot alone, after something in it has changed."""
    slug = member.community.slug
    html = feet.foot(language, slug, entry_id, likes, comments, is_liked=is_liked, is_member=True)
    return Markup(html)  # noqa: S704  (our template; numbers and a slug in it)


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
        rows = _picture(_sight(member.roles)).rows(
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
    section: str
    reach: str
    places: str
    at: datetime
    edited_at: datetime | None
    is_pinned: bool
    language: str
    likes: int
    comments: int
    is_liked: bool
    may_edit: bool
    may_delete: bool

    @property
    def heading(self) -> str:
        """What stands in the browser's tab and in links to the page."""
        return self.title or self.excerpt[:40]


_PAGE_FIELDS = (
    "kind", "title", "body", "body_html", "language", "at", "edited_at", "pinned_until", "reach", "likes", "comments",
    "section__name", "author_id", "author__name", "author__roles", "author__portrait", "author__home_shown",
    "helper__name", "home", "has_pictures", "liked",
)  # fmt: skip


def with_home(entries: QuerySet[Entry], member: Any) -> QuerySet[Entry]:
    """Beside each entry the building in which somebody (an expression for the member's id) lives."""
    homes = Occupancy.objects.filter(member_id=member, ended_at=None).order_by("id")
    return entries.annotate(home=Subquery(homes.values("unit__entrance__building__name")[:1]))


def _page_rows(entries: QuerySet[Entry], liked: Combinable) -> Rows:
    has_pictures = Exists(EntryPicture.objects.filter(entry=OuterRef("pk")))
    found = with_home(entries, OuterRef("author_id")).annotate(has_pictures=has_pictures, liked=liked)
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
        rows = _entry_page(_sight(member.roles)).rows(member_id=member.pk, community_id=community.pk, pk=pk)
    else:
        rows = _public_entry_page().rows(community_id=community.pk, pk=pk)
    if not rows:
        raise Http404
    row = SimpleNamespace(**dict(zip(_PAGE_FIELDS, rows[0], strict=True)))
    pictures: tuple[CardPicture, ...] = ()
    if row.has_pictures:
        attached = list(EntryPicture.objects.filter(entry=pk).select_related("picture"))
        pictures = pictures_of(community.slug, pk, attached)
    is_author = member is not None and row.author_id == member.pk
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
        section=row.section__name or "",
        reach=row.reach,
        places=places_words(places_of(pk)) if row.reach == Reach.PLACES else "",
        at=as_moment(row.at),
        edited_at=as_moment(row.edited_at) if row.edited_at else None,
        is_pinned=row.pinned_until is not None,
        language=row.language or language_of(row.title + row.body[:200]),
        likes=row.likes,
        comments=row.comments,
        is_liked=bool(row.liked),
        may_edit=is_author and not kind.edit_url,
        may_delete=is_author or keeps_order,
    )


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


def as_moment(value: datetime | str) -> datetime:
    """A time out of a prepared read; SQLite gives text."""
    if isinstance(value, datetime):
        return value
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Head:
    """What stands over the board, the same for everybody."""

    about: str
    welcome: str


@lru_cache(maxsize=2000)
def head_of(community_id: int, revision: int) -> Head:
    """Kept until the community's revision rises."""
    about, welcome = Community.objects.values_list("about", "welcome").get(pk=community_id)
    return Head(about=about.strip(), welcome=welcome.strip().split("\n")[0])


def town_of(community: Community) -> Skyline:
    """The skyline over the board, at most a minute old."""
    return skyline_of(community)


def edit_url(entry: Entry) -> str:
    """The name of the page where another package's kind is edited, or nothing."""
    return kind_of(entry.kind).edit_url


@dataclass(frozen=True)
class PostOptions:
    """What a member may choose when posting."""

    sections: tuple[tuple[int, str], ...]
    buildings: tuple[tuple[int, str], ...]
    is_public: bool
    refusal: Refusal | None


def post_options(member: Member) -> PostOptions:
    community = member.community
    homes = Building.objects.filter(
        entrances__units__occupancies__member=member, entrances__units__occupancies__ended_at=None
    ).distinct()
    return PostOptions(
        sections=tuple(Section.objects.filter(community=community).values_list("pk", "name")),
        buildings=tuple(homes.values_list("pk", "name")),
        is_public=community.is_public,
        refusal=rules.refuse_to_begin(
            is_entrusted=member.has_role(community.talk_roles),
            is_unagreed=member.agreed_version < community.agreement_version,
        ),
    )


@dataclass(frozen=True)
class Version:
    """One wording of an entry, with what differs from the wording before it."""

    title: str
    text: tuple[Piece, ...]
    at: datetime
    by: str


@dataclass(frozen=True)
class History:
    entry: EntryShown
    versions: tuple[Version, ...]
    is_cut: bool


VERSIONS_MAX = 30


def history(community: Community, member: Member | None, pk: int) -> History:
    """All wordings, the newest first; whoever sees the entry sees them."""
    entry = entry_shown(community, member, pk)
    now = Entry.objects.values_list("title", "body", "edited_at", "at", "author__name").get(pk=pk)
    rows = list(EntryVersion.objects.filter(entry=pk).select_related("replaced_by")[: VERSIONS_MAX + 1])
    # A version holds the older words; who wrote the words after it is known by `replaced_by`.
    wordings = [(now[0], now[1], now[2] or now[3])] + [(row.title, row.body, row.written_at) for row in rows]
    writers = [row.replaced_by.name if row.replaced_by else "" for row in rows] + [now[4] or ""]
    versions = []
    for i, (title, body, at) in enumerate(wordings[:VERSIONS_MAX]):
        older = wordings[i + 1] if i + 1 < len(wordings) else None
        before = _whole(older[0], older[1]) if older else _whole(title, body)
        versions.append(Version(title, differences(before, _whole(title, body)), at, writers[i]))
    return History(entry, tuple(versions), len(rows) > VERSIONS_MAX)


def _whole(title: str, body: str) -> str:
    return f"{title}\n{body}" if title else body
