"""The foot of a card: likes and comments, with the viewer's own state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from linli.entries.patterns import fill_numbers
from linli.people.models import Member

# Likes live in a package above this one, which says here how to read them in one query.
_readers: list[Callable[[int, Sequence[object]], Collection[int]]] = []


def read_likes_with(reader: Callable[[int, Sequence[object]], Collection[int]]) -> None:
    """Register (member id, entry ids) → ids liked."""
    _readers[:] = [reader]


def liked_by(member: Member, ids: Sequence[object]) -> Collection[int]:
    return _readers[0](member.pk, ids) if _readers else frozenset()


def foot(
    language: str, slug: str, pk: int, likes: int, comments: int, *, is_liked: bool, is_member: bool
) -> str:
    """The foot as HTML; every value filled in is a number or a slug, so nothing needs escaping."""
    return fill_numbers(
        language,
        "entries/_foot.html",
        {"slug": slug, "id": pk, "likes": likes, "comments": comments},
        is_liked=is_liked,
        is_member=is_member,
        has_likes=likes > 0,
        has_comments=comments > 0,
    )
