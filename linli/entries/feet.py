"""The foot of a card: likes and comments, with the viewer's own state."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Value
from django.db.models.expressions import Combinable

from linli.entries.patterns import pattern

# Likes live in a package above this one, which says here how a statement about entries asks for them.
_joins: list[Callable[[Any], Combinable]] = []


def join_likes_with(join: Callable[[Any], Combinable]) -> None:
    """Register (member id) → an expression on entries that is true or a number where the member likes the entry."""
    _joins[:] = [join]


def liked_by(member_id: int) -> Combinable:
    """Part of the feed's own statement, because a statement of its own would cost a tenth of the page."""
    return _joins[0](member_id) if _joins else Value(0)


@cache
def foot_pattern(language: str, is_liked: bool, is_member: bool, has_likes: bool, has_comments: bool) -> str:
    """The foot with places for `slug`, `id`, `likes` and `comments`."""
    state = {
        "is_liked": is_liked,
        "is_member": is_member,
        "has_likes": has_likes,
        "has_comments": has_comments,
    }
    return pattern(language, "entries/_foot.html", ("slug", "id", "likes", "comments"), tuple(state.items()))


def foot(language: str, slug: str, pk: int, likes: int, comments: int, *, is_liked: bool, is_member: bool) -> str:
    """The foot as HTML; every value filled in is a number or a slug, so nothing needs escaping."""
    found = foot_pattern(language, is_liked, is_member, likes > 0, comments > 0)
    return found % {"slug": slug, "id": pk, "likes": likes, "comments": comments}
