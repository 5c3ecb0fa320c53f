"""What a member keeps, follows and does not want to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import F, QuerySet
from django.utils import timezone

from linli.entries.models import Entry, Mention
from linli.kernel.markdown import plain
from linli.kernel.prepared import PreparedRead
from linli.people.models import Member
from linli.people.reads import Line, lines
from linli.talk.models import Mark, MutedMember

PAGE = 30
SHELVES = ("kept", "followed", "mentioned", "muted")


@dataclass(frozen=True)
class Marks:
    """What an entry is to the member who looks at it."""

    is_kept: bool = False
    is_followed: bool = False
    is_muted: bool = False


@cache
def _marks() -> PreparedRead:
    def rows(member_id: int, entry_id: int) -> QuerySet[Mark, tuple[object, ...]]:
        found = Mark.objects.filter(member_id=member_id, entry_id=entry_id)
        return found.values_list("kept_at", "followed_at", "muted_at")[:1]

    return PreparedRead(rows)


def marks_of(member: Member, entry_id: int) -> Marks:
    """One statement."""
    row = _marks().row(member_id=member.pk, entry_id=entry_id)
    return Marks(*map(bool, row)) if row else Marks()


@dataclass(frozen=True)
class MarkedRow:
    """An entry on one of the member's shelves."""

    id: int
    url: str
    title: str
    author: str
    at: datetime
    new: int  # comments since the member last looked


@dataclass(frozen=True)
class MarkedPage:
    rows: tuple[MarkedRow, ...]
    before: int | None
    people: tuple[Line, ...]


def _mentioned(member: Member, before: int | None) -> MarkedPage:
    """Where somebody speaks to the member by name, the newest first."""
    found = Mention.objects.filter(member=member, entry__in=Entry.objects.visible_to(member))
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found.select_related("entry", "by").order_by("-pk")[: PAGE + 1])
    base = f"/c/{member.community.slug}/entries/"
    return MarkedPage(
        rows=tuple(
            MarkedRow(
                id=row.entry_id,
                url=f"{base}{row.entry_id}/"
                + (f"?after={row.comment - 1}#comment-{row.comment}" if row.comment else ""),
                title=row.entry.title or plain(row.entry.body)[:60],
                author=row.by.name,
                at=timezone.localtime(row.at),
                new=0,
            )
            for row in rows[:PAGE]
        ),
        before=rows[PAGE - 1].pk if len(rows) > PAGE else None,
        people=(),
    )


def marked_page(member: Member, shelf: str, *, before: int | None) -> MarkedPage:
    """A shelf, what was put there last first; what one may no longer see is not on it. Three queries at most."""
    if shelf == "mentioned":
        return _mentioned(member, before)
    found = Mark.objects.filter(
        member=member, entry__in=Entry.objects.visible_to(member), **{f"{shelf}_at__isnull": False}
    ).annotate(new=F("entry__comments") - F("seen_comments"))
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found.select_related("entry__author").order_by("-pk")[: PAGE + 1])
    base = f"/c/{member.community.slug}/entries/"
    return MarkedPage(
        rows=tuple(
            MarkedRow(
                id=row.entry_id,
                url=f"{base}{row.entry_id}/",
                title=row.entry.title or plain(row.entry.body)[:60],
                author=row.entry.author.name if row.entry.author else "",
                at=timezone.localtime(row.entry.at),
                new=max(0, row.new) if shelf == "followed" else 0,
            )
            for row in rows[:PAGE]
        ),
        before=rows[PAGE - 1].pk if len(rows) > PAGE else None,
        people=_muted_people(member) if shelf == "muted" and not before else (),
    )


def _muted_people(member: Member) -> tuple[Line, ...]:
    ids = list(MutedMember.objects.filter(member=member).order_by("-at").values_list("muted", flat=True)[:100])
    known = lines(member, ids)
    return tuple(known[pk] for pk in ids if pk in known)


def is_muted(member: Member, other: Member) -> bool:
    return MutedMember.objects.filter(member=member, muted=other).exists()
