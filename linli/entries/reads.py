"""What the pages of the board show, as frozen values, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import QuerySet
from django.http import Http404
from markupsafe import Markup

from linli.entries import feet
from linli.entries.cards import lay
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
    """Finished cards, and the row to go on from."""

    pinned: tuple[Markup, ...]
    cards: tuple[Markup, ...]
    before: int | None


# Rows of every feed: id, kind, likes, comments, finished card.
def _fields(language: str) -> tuple[str, ...]:
    return ("id", "kind", "likes", "comments", f"card_{column_suffix(language)}")


def _sight(roles: int) -> int:
    """Members with the same sight share one compiled statement."""
    return roles & (SEES_ALL | SEES_NOTICES)


@cache
def _member_feed(language: str, sight: int, is_building: bool) -> PreparedRead:
    def rows(member_id: int, community_id: int, before: int) -> QuerySet[Entry, tuple[object, ...]]:
        found = Entry.objects.visible_to_id(member_id, community_id, sight).filter(id__lt=before)
        if is_building:
            found = found.for_building_of(member_id)
        return found.order_by("-id").values_list(*_fields(language))[: PAGE + 1]

    return PreparedRead(rows)


@cache
def _pinned(language: str, sight: int) -> PreparedRead:
    def rows(member_id: int, community_id: int, now: datetime) -> QuerySet[Entry, tuple[object, ...]]:
        found = Entry.objects.visible_to_id(member_id, community_id, sight).filter(pinned_until__gt=now)
        return found.order_by("-id").values_list(*_fields(language))[:PINNED_MAX]

    return PreparedRead(rows)


@cache
def _public_feed(language: str) -> PreparedRead:
    def rows(community_id: int, before: int) -> QuerySet[Entry, tuple[object, ...]]:
        found = Entry.objects.public_in(community_id).filter(id__lt=before)
        return found.order_by("-id").values_list(*_fields(language))[: PAGE + 1]

    return PreparedRead(rows)


@cache
def _author_feed(language: str, sight: int) -> PreparedRead:
    def rows(member_id: int, community_id: int, author_id: int, before: int) -> QuerySet[Entry, tuple[object, ...]]:
        found = Entry.objects.visible_to_id(member_id, community_id, sight)
        found = found.filter(author_id=author_id, id__lt=before)
        return found.order_by("-id").values_list(*_fields(language))[: PAGE + 1]

    return PreparedRead(rows)


def member_feed(
    member: Member, *, language: str, before: int | None, is_building: bool = False, now: datetime
) -> Feed:
    """The board as a member sees it; the first page has the pinned entries on top."""
    sight = _sight(member.roles)
    rows = _member_feed(language, sight, is_building).rows(
        member_id=member.pk, community_id=member.community_id, before=before or NEWEST
    )
    pinned: list[tuple[object, ...]] = []
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


def _feed(
    slug: str,
    rows: list[tuple[object, ...]],
    pinned: list[tuple[object, ...]],
    *,
    member: Member | None,
    language: str,
) -> Feed:
    page = rows[:PAGE]
    above = {row[0] for row in pinned}
    shown = [*pinned, *(row for row in page if row[0] not in above)]
    laid = _laid(slug, shown, member=member, language=language)
    return Feed(
        pinned=tuple(laid[: len(pinned)]),
        cards=tuple(laid[len(pinned) :]),
        before=int(page[-1][0]) if len(rows) > PAGE else None,  # type: ignore[call-overload]
    )


def _laid(slug: str, rows: list[tuple[object, ...]], *, member: Member | None, language: str) -> list[Markup]:
    """The viewer's own state over the finished cards."""
    ids = [row[0] for row in rows]
    liked = feet.liked_by(member, ids) if member and ids else frozenset()
    over: dict[int, Markup] = {}
    if member:
        for kind, overlay in overlays().items():
            of_kind = [row[0] for row in rows if row[1] == kind]
            if of_kind:
                over.update(overlay(member, of_kind))  # type: ignore[arg-type]
    is_member = member is not None
    return [
        Markup(  # noqa: S704  (finished cards are escaped when they are rendered)
            lay(
                card,  # type: ignore[arg-type]
                feet.foot(language, slug, pk, likes, comments, is_liked=pk in liked, is_member=is_member),  # type: ignore[arg-type]
                over.get(pk, ""),  # type: ignore[call-overload]
            )
        )
        for pk, _kind, likes, comments, card in rows
    ]


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
