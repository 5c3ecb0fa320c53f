"""Finished comments: rendered when written; who looks gets only the foot laid under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from linli.entries.cards import language_of, moment_words
from linli.entries.patterns import MARKS, fill, marked
from linli.kernel.languages import LANGUAGES, column_suffix
from linli.look.marks import leaf, surname
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
    people: Mapping[str, str] = field(default_factory=dict)  # the address of each `@name`


def finished(said: Said) -> dict[str, str]:
    """The columns of the finished card, one per language."""
    at = timezone.localtime(said.at, ZoneInfo(said.time_zone))
    role = foremost(said.author_roles) if said.author_id else None
    lang = language_of(said.body)
    values = {
        "slug": said.slug,
        "author": said.author_id or 0,
        "name": said.author_name,
        "leaf": leaf(said.author_name),
        "surname": surname(said.author_name),
        "portrait": addresses.portrait(said.slug, said.author_id, said.author_portrait),
        "home": said.home,
        "helper": said.helper,
        "at": at.isoformat(),
        "html": comment_html(said.body, said.people),
        "lang": lang,
    }
    state = {
        "has_author": said.author_id is not None,
        "has_portrait": bool(said.author_portrait),
        "has_role": role is not None,
        "has_home": bool(said.home),
        "has_helper": bool(said.helper),
        "is_edited": said.is_edited,
        "has_lang": bool(lang),
    }
    columns = {}
    for language in LANGUAGES:
        words = {"moment": moment_words(at, language), "role": _role_name(language, role) if role else ""}
        columns[f"card_{column_suffix(language)}"] = str(fill(language, "talk/_said.html", values | words, **state))
    return columns


@lru_cache(maxsize=100)
def _role_name(language: str, role: int) -> str:
    with translation.override(language):
        return str(ROLE_NAMES[role])  # type: ignore[index]


@cache
def around(
    language: str,
    slug: str,
    is_liked: bool,
    is_member: bool,
    has_likes: bool,
    is_own: bool,
    may_delete: bool,
    is_answer: bool,
    may_accept: bool,
) -> tuple[str, str]:
    """What stands before and after a finished comment for one viewer, with marks for its number and its likes."""
    state = {
        "is_liked": is_liked,
        "is_member": is_member,
        "has_likes": has_likes,
        "is_own": is_own,
        "may_delete": may_delete,
        "is_answer": is_answer,
        "may_accept": may_accept,
    }
    before, _, after = marked(language, "talk/_comment.html", slug, tuple(state.items())).partition(MARKS["card"])
    return before, after


def gone(language: str, pk: int, *, is_answer: bool) -> str:
    """The quiet line of a comment that was taken back after others had answered."""
    return marked(language, "talk/_gone.html", "", (("is_answer", is_answer),)).replace(MARKS["id"], str(pk))
