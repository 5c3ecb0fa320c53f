"""The board as one piece of finished HTML: the hot read of the whole site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from markupsafe import Markup

from linli.entries import feet
from linli.entries.cards import CARD_END
from linli.entries.kinds import overlays, waiting_kinds
from linli.entries.models import NOTICE, Entry, EntryQuerySet
from linli.entries.patterns import marked
from linli.entries.ranking import Candidate, ranked
from linli.kernel.languages import column_suffix
from linli.kernel.prepared import PreparedRead, as_moment
from linli.people.models import Community, Member
from linli.people.roles import Role

PAGE = 20
NEWEST = 2**62
PINNED_MAX = 8
HOT_DAYS, HOT_MOST = 60, 400


@dataclass(frozen=True)
class Feed:
    """Finished cards as one piece of HTML each, and the row to go on from."""

    pinned: Markup
    cards: Markup
    before: int | None
    newest: int = 0  # of those shown
    new: int = 0  # how many of those shown came since the last visit
    is_all_new: bool = False  # there may be more new ones on the next page


class Show(StrEnum):
    """Which part of the board (看哪些)."""

    LATEST = "latest"
    HOT = "hot"
    HOME = "home"
    UNREAD = "unread"
    DIGEST = "digest"
    WAITING = "waiting"
    SECTION = "section"
    CIRCLE = "circle"


WITH_VALUE = frozenset((Show.UNREAD, Show.SECTION, Show.CIRCLE))


@dataclass(frozen=True)
class Wish:
    """What a visitor asks of the board: a part of it, and the entry to go on from."""

    show: Show = Show.LATEST
    value: int = 0  # the shelf, or the newest entry that is old
    before: int | None = None


# Rows of every feed: id, kind, likes, comments, finished card, and for members whether they like it.
def _fields(language: str) -> tuple[str, ...]:
    return ("id", "kind", "likes", "comments", f"card_{column_suffix(language)}")


Rows = QuerySet[Entry, tuple[object, ...]]


def sight_of(roles: int) -> int:
    """Members with the same sight share one compiled statement."""
    return roles & ~Role.RESIDENT


def _member_rows(found: QuerySet[Entry], member_id: int, language: str, most: int) -> Rows:
    liked = found.annotate(liked=feet.liked_by(member_id)).order_by("-id")
    return liked.values_list(*_fields(language), "liked")[:most]


# How each part of the board narrows what one may see; `value` is the entry, shelf or circle in the address.
# What a member does not want on the board is known to a package above this one, which says it here.
_muted: list[Callable[[Any], Q]] = []


def mute_with(muted: Callable[[Any], Q]) -> None:
    """Register (member id) → a condition on entries that this member does not want on the board."""
    _muted[:] = [muted]


def _unmuted(found: EntryQuerySet, show: Show, member_id: int) -> EntryQuerySet:
    if not _muted or show in (Show.SECTION, Show.CIRCLE, Show.DIGEST):
        return found
    return found.filter(Q(kind=NOTICE) | ~_muted[0](member_id))


def _narrowed(found: EntryQuerySet, show: Show, member_id: int, value: int) -> EntryQuerySet:
    if show == Show.HOME:
        return found.for_building_of(member_id)
    if show == Show.UNREAD:
        return found.filter(id__gt=value)
    if show == Show.DIGEST:
        return found.filter(featured_at__isnull=False)
    if show == Show.WAITING:
        return found.filter(kind__in=waiting_kinds(), settled_at=None)
    if show == Show.CIRCLE:
        return found.for_circle(value)
    return found.filter(section_id=value) if show == Show.SECTION else found


@cache
def _member_feed(language: str, sight: int, show: Show) -> PreparedRead:
    def rows(member_id: int, community_id: int, before: int) -> Rows:
        found = Entry.objects.visible_to_id(member_id, community_id, sight).filter(id__lt=before)
        shown = _unmuted(_narrowed(found, show, member_id, 0), show, member_id)
        return _member_rows(shown, member_id, language, PAGE + 1)

    def rows_of(member_id: int, community_id: int, before: int, value: int) -> Rows:
        found = Entry.objects.visible_to_id(member_id, community_id, sight).filter(id__lt=before)
        shown = _unmuted(_narrowed(found, show, member_id, value), show, member_id)
        return _member_rows(shown, member_id, language, PAGE + 1)

    return PreparedRead(rows_of if show in WITH_VALUE else rows)


@cache
def _candidates(sight: int) -> PreparedRead:
    def rows(member_id: int, community_id: int, since: datetime) -> QuerySet[Entry, tuple[object, ...]]:
        found = Entry.objects.visible_to_id(member_id, community_id, sight).filter(at__gte=since)
        found = _unmuted(found, Show.HOT, member_id)
        return found.order_by("-id").values_list("id", "author_id", "at", "likes", "comments")[:HOT_MOST]

    return PreparedRead(rows)


@cache
def _pinned(language: str, sight: int) -> PreparedRead:
    def rows(member_id: int, community_id: int, now: datetime) -> Rows:
        found = Entry.objects.visible_to_id(member_id, community_id, sight).filter(pinned_until__gt=now)
        return _member_rows(found, member_id, language, PINNED_MAX)

    return PreparedRead(rows)


@cache
def _public_feed(language: str, show: Show) -> PreparedRead:
    def rows(community_id: int, before: int) -> Rows:
        found = _narrowed(Entry.objects.public_in(community_id).filter(id__lt=before), show, 0, 0)
        return found.order_by("-id").values_list(*_fields(language))[: PAGE + 1]

    def rows_of(community_id: int, before: int, value: int) -> Rows:
        found = _narrowed(Entry.objects.public_in(community_id).filter(id__lt=before), show, 0, value)
        return found.order_by("-id").values_list(*_fields(language))[: PAGE + 1]

    return PreparedRead(rows_of if show in WITH_VALUE else rows)


@cache
def _author_feed(language: str, sight: int) -> PreparedRead:
    def rows(member_id: int, community_id: int, author_id: int, before: int) -> Rows:
        found = Entry.objects.visible_to_id(member_id, community_id, sight)
        return _member_rows(found.filter(author_id=author_id, id__lt=before), member_id, language, PAGE + 1)

    return PreparedRead(rows)


def member_feed(member: Member, *, language: str, wish: Wish, now: datetime) -> Feed:
    """The board as a member sees it; the first page of the newest has the pinned entries on top."""
    if wish.show == Show.HOT:
        return _hot_feed(member, language=language, after=wish.before, now=now)
    sight = sight_of(member.roles)
    value = {"value": wish.value} if wish.show in WITH_VALUE else {}
    rows = _member_feed(language, sight, wish.show).rows(
        member_id=member.pk, community_id=member.community_id, before=wish.before or NEWEST, **value
    )
    pinned: list[tuple[Any, ...]] = []
    is_latest = wish.show == Show.LATEST
    if wish.before is None and is_latest:
        pinned = _pinned(language, sight).rows(member_id=member.pk, community_id=member.community_id, now=now)
    # What is new ends somewhere on this page where the page begins before the mark and ends behind it.
    read_to = member.read_to if is_latest else 0
    return _feed(member.community.slug, rows, pinned, member=member, language=language, read_to=read_to)


def _hot_feed(member: Member, *, language: str, after: int | None, now: datetime) -> Feed:
    """What is talked about just now; goes on after the entry that ended the page before."""
    sight = sight_of(member.roles)
    rows = _candidates(sight).rows(
        member_id=member.pk, community_id=member.community_id, since=now - timedelta(days=HOT_DAYS)
    )
    order = ranked([Candidate(pk, author, as_moment(at), *counts) for pk, author, at, *counts in rows], now=now)
    start = order.index(after) + 1 if after in order else 0
    wanted = order[start : start + PAGE + 1]
    found = Entry.objects.visible_to_id(member.pk, member.community_id, sight).filter(pk__in=wanted)
    by_id = {row[0]: row for row in _member_rows(found, member.pk, language, PAGE + 1)}
    cards = [by_id[pk] for pk in wanted if pk in by_id]
    return _feed(member.community.slug, cards, [], member=member, language=language)


def public_feed(community: Community, *, language: str, wish: Wish) -> Feed:
    """The board as strangers see it: what is meant for everybody."""
    value = {"value": wish.value} if wish.show in WITH_VALUE else {}
    rows = _public_feed(language, wish.show).rows(community_id=community.pk, before=wish.before or NEWEST, **value)
    return _feed(community.slug, rows, [], member=None, language=language)


def newest_until(member: Member, pk: int) -> int:
    """The newest entry of the community up to this one: no address sets a mark into the future."""
    found = Entry.objects.filter(community_id=member.community_id, pk__lte=pk).order_by("-id")
    return found.values_list("pk", flat=True).first() or 0


def author_feed(member: Member, author_id: int, *, language: str, before: int | None) -> Feed:
    """What one member has written, as another member sees it."""
    rows = _author_feed(language, sight_of(member.roles)).rows(
        member_id=member.pk, community_id=member.community_id, author_id=author_id, before=before or NEWEST
    )
    return _feed(member.community.slug, rows, [], member=member, language=language)


def public_author_feed(community: Community, author_id: int, *, language: str, before: int | None) -> Feed:
    """What one member has written for everybody."""
    found = Entry.objects.public_in(community.pk).filter(author_id=author_id, id__lt=before or NEWEST)
    rows = list(found.order_by("-id").values_list(*_fields(language))[: PAGE + 1])
    return _feed(community.slug, rows, [], member=None, language=language)


def _feed(
    slug: str,
    rows: list[tuple[Any, ...]],
    pinned: list[tuple[Any, ...]],
    *,
    member: Member | None,
    language: str,
    read_to: int = 0,
) -> Feed:
    page = rows[:PAGE]
    above = {row[0] for row in pinned}
    over = _overlays(member, [*pinned, *page]) if member else {}
    below = [row for row in page if row[0] not in above] if above else page
    new = sum(row[0] > read_to for row in below) if read_to else 0
    cards = _laid(slug, below[:new], over, member=member, language=language)
    if 0 < new < len(below):
        cards += Markup(marked(language, "entries/_divider.html", "", ()))  # noqa: S704  (our template)
    return Feed(
        pinned=_laid(slug, pinned, over, member=member, language=language),
        cards=cards + _laid(slug, below[new:], over, member=member, language=language),
        before=page[-1][0] if len(rows) > PAGE else None,
        newest=max((row[0] for row in page), default=0),
        new=new,
        is_all_new=bool(new) and new == len(below) and len(rows) > PAGE,
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
    foot = feet.foot
    html: list[str] = []
    for row in rows:
        pk = row[0]
        mine = (row[5] or 0) if is_member else 0
        html += (row[4], over.get(pk, ""), foot(language, slug, pk, row[2], row[3], mine, is_member), CARD_END)
    return Markup("".join(html))  # noqa: S704  (finished cards are escaped when they are rendered)


def foot_of(entry_id: int, likes: int, comments: int, *, member: Member, mine: int, language: str) -> Markup:
    """The foot alone, after something in it has changed."""
    slug = member.community.slug
    html = feet.foot(language, slug, entry_id, likes, comments, mine, True)
    return Markup(html)  # noqa: S704  (our template; numbers and a slug in it)
