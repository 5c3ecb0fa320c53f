"""The foot of a card: likes and comments, with the viewer's own state."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Value
from django.db.models.expressions import Combinable
from django.utils import translation

from linli.entries.patterns import MARKS, marked
from linli.entries.reactions import BY_NUMBER, LIKE

# Likes live in a package above this one, which says here how a statement about entries asks for them.
_joins: list[Callable[[Any], Combinable]] = []


def join_likes_with(join: Callable[[Any], Combinable]) -> None:
    """Register (member id) → an expression on entries: the number of the member's reaction, or nothing."""
    _joins[:] = [join]


def liked_by(member_id: int) -> Combinable:
    """Part of the feed's own statement, because a statement of its own would cost a tenth of the page."""
    return _joins[0](member_id) if _joins else Value(0)


@cache
def _foot(language: str, slug: str, mine: int, is_member: bool, has_likes: bool, has_comments: bool) -> str:
    with translation.override(language):
        reaction = BY_NUMBER.get(mine, LIKE)
        label = str(reaction.label)
    state = {
        "mine": mine,
        "reaction_icon": reaction.icon,
        "reaction_label": label,
        "is_member": is_member,
        "has_likes": has_likes,
        "has_comments": has_comments,
    }
    return marked(language, "entries/_foot.html", slug, tuple(state.items()))


def foot(language: str, slug: str, pk: int, likes: int, comments: int, mine: int, is_member: bool) -> str:
    """The foot as HTML, `mine` the number of the viewer's own reaction; every value filled in is a number."""
    html = _foot(language, slug, mine, is_member, likes > 0, comments > 0).replace(MARKS["id"], str(pk))
    if likes:
        html = html.replace(MARKS["likes"], str(likes))
    if comments:
        html = html.replace(MARKS["comments"], str(comments))
    return html
