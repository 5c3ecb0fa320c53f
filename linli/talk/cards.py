"""Finished comments: rendered when written; who looks gets only the foot laid under them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from markupsafe import Markup

from linli.entries.cards import language_of
from linli.entries.patterns import fill, fill_numbers
from linli.kernel.languages import column_suffix, in_each_language
from linli.look.marks import leaf, moment, surname
from linli.media import addresses
from linli.people.roles import ROLE_NAMES, foremost
from linli.talk.texts import comment_html


@dataclass(frozen=True)
class Said:
    """All that a comment's card shows."""

    slug: str
    time_zone: str
    author_id: int | None
    author_name: str
    author_roles: int
    author_portrait: str
    home: str
    helper: str
    body: str
    at: datetime
    is_edited: bool


def finished(said: Said) -> dict[str, str]:
    """The columns of the finished card, one per language."""
    values = {
        "slug": said.slug,
        "author": said.author_id or 0,
        "name": said.author_name,
        "leaf": leaf(said.author_name),
        "surname": surname(said.author_name),
        "portrait": addresses.portrait(said.slug, said.author_id, said.author_portrait),
        "home": said.home,
        "helper": said.helper,
        "at": timezone.localtime(said.at, ZoneInfo(said.time_zone)).isoformat(),
        "html": comment_html(said.body),
        "lang": language_of(said.body),
    }
    role = foremost(said.author_roles) if said.author_id else None
    columns = {}
    with timezone.override(ZoneInfo(said.time_zone)):
        for language in in_each_language():
            columns[f"card_{column_suffix(language)}"] = str(
                fill(
                    language,
                    "talk/_said.html",
                    {**values, "moment": moment(said.at), "role": _role_name(language, role) if role else ""},
                    has_author=said.author_id is not None,
                    has_portrait=bool(said.author_portrait),
                    has_role=role is not None,
                    has_home=bool(said.home),
                    has_helper=bool(said.helper),
                    is_edited=said.is_edited,
                    has_lang=bool(values["lang"]),
                )
            )
    return columns


@lru_cache(maxsize=100)
def _role_name(language: str, role: int) -> str:
    with translation.override(language):
        return str(ROLE_NAMES[role])  # type: ignore[index]


def laid(
    language: str, slug: str, pk: int, card: str, likes: int, *, is_liked: bool, is_member: bool, is_own: bool, may_delete: bool
) -> Markup:
    """The comment as one viewer sees it."""
    html = fill_numbers(
        language,
        "talk/_comment.html",
        {"slug": slug, "id": pk, "likes": likes, "card": card},
        is_liked=is_liked,
        is_member=is_member,
        has_likes=likes > 0,
        is_own=is_own,
        may_delete=may_delete,
    )
    return Markup(html)  # noqa: S704  (the card was escaped when it was finished)


def gone(language: str, pk: int) -> Markup:
    """The quiet line of a deleted comment that others have answered."""
    return Markup(fill_numbers(language, "talk/_gone.html", {"id": pk}))  # noqa: S704  (a number)
