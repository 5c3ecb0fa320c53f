"""The foot of a card: likes and comments, with the viewer's own state.

The template is rendered once per language and state with marks in place of numbers; filling in
the numbers costs a microsecond, and a page has twenty feet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache

from django.template.loader import get_template
from django.utils import translation

from linli.people.models import Member

_MARKS = {"slug": "\ue010", "id": "\ue011", "likes": "\ue012", "comments": "\ue013"}

# Likes live in a package above this one, which says here how to read them in one query.
_readers: list[Callable[[int, Sequence[object]], Collection[int]]] = []


def read_likes_with(reader: Callable[[int, Sequence[object]], Collection[int]]) -> None:
    """Register (member id, entry ids) → ids liked."""
    _readers[:] = [reader]


def liked_by(member: Member, ids: Sequence[object]) -> Collection[int]:
    return _readers[0](member.pk, ids) if _readers else frozenset()


@cache
def _pattern(language: str, is_liked: bool, is_member: bool, has_likes: bool, has_comments: bool) -> str:
    with translation.override(language):
        html = get_template("entries/_foot.html", using="jinja2").render(
            {
                **_MARKS,
                "is_liked": is_liked,
                "is_member": is_member,
                "has_likes": has_likes,
                "has_comments": has_comments,
            }
        )
    html = html.replace("%", "%%")
    for name, mark in _MARKS.items():
        html = html.replace(mark, f"%({name})s")
    return html


def foot(
    language: str, slug: str, pk: int, likes: int, comments: int, *, is_liked: bool, is_member: bool
) -> str:
    """The foot as HTML; every value filled in is a number or a slug, so nothing needs escaping."""
    pattern = _pattern(language, is_liked, is_member, likes > 0, comments > 0)
    return pattern % {"slug": slug, "id": pk, "likes": likes, "comments": comments}
