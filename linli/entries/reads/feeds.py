"""The board as one piece of finished HTML: the hot read of the whole site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import QuerySet
from markupsafe import Markup

from linli.entries import feet
from linli.entries.cards import CARD_END
from linli.entries.kinds import overlays
from linli.entries.models import SEES_ALL, SEES_NOTICES, Entry
from linli.kernel.languages import column_suffix
from linli.kernel.prepared import PreparedRead
from linli.people.models import Community, Member

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


def sight_of(roles: int) -> int:
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
    sight = sight_of(member.roles)
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
    foot = feet.foot
    html: list[str] = []
    for row in rows:
        pk = row[0]
        is_liked = is_member and bool(row[5])
        html += (row[4], over.get(pk, ""), foot(language, slug, pk, row[2], row[3], is_liked, is_member), CARD_END)
    return Markup("".join(html))  # noqa: S704  (finished cards are escaped when they are rendered)


def foot_of(entry_id: int, likes: int, comments: int, *, member: Member, is_liked: bool, language: str) -> Markup:
    """The foot alone, after something in it has changed."""
    slug = member.community.slug
    html = feet.foot(language, slug, entry_id, likes, comments, is_liked, True)
    return Markup(html)  # noqa: S704  (our template; numbers and a slug in it)
