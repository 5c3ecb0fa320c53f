"""Renders finished cards and comments again, after a template, a name or a home has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction

from linli.entries import cards as entry_cards
from linli.entries import mentions
from linli.entries.cards import home_labels
from linli.entries.models import Entry, Reach
from linli.people.models import Member, Shown
from linli.talk.cards import Said, finished
from linli.talk.models import Comment, CommentQuerySet

BATCH = 200

Progress = Callable[[int, int], object]


def rebuild_cards(progress: Progress) -> int:
    """All entries and comments in all languages, batch by batch; `progress` hears (done, of)."""
    entries, comments = Entry.objects.present(), Comment.objects.filter(deleted_at=None)
    of = entries.count() + comments.count()
    done = 0
    after: int | None = 0
    while (after := entry_cards.rebuild(entries, after or 0)) is not None:
        done = min(of, done + entry_cards.BATCH)
        progress(done, of)
    done = entries.count()
    after = 0
    while (after := rebuild_comments(comments, after or 0)) is not None:
        done = min(of, done + BATCH)
        progress(done, of)
    progress(of, of)
    return of


def rebuild_comments(comments: CommentQuerySet, after: int = 0) -> int | None:
    """Render one batch of these again; answers where to go on, or None at the end. Not inside a transaction."""
    rows = list(
        comments.filter(pk__gt=after, deleted_at=None)
        .select_related("author", "helper", "entry__community")
        .order_by("pk")[:BATCH]
    )
    if not rows:
        return None
    homes = home_labels({row.author_id for row in rows if row.author_id})
    people = mentions.kept([row.pk for row in rows], {row.entry_id: row.entry.community.slug for row in rows})
    columns = [finished(_said(row, homes.get(row.author_id or 0, ""), people.get(row.pk, {}))) for row in rows]
    with transaction.atomic():
        for row, cards in zip(rows, columns, strict=True):
            before = {name: getattr(row, name) for name in cards}
            if cards != before:
                # Only over the card that was read: one that was finished meanwhile is newer than this.
                Comment.objects.filter(pk=row.pk, **before).update(**cards)
    return rows[-1].pk


def _said(row: Comment, home: str, people: Mapping[str, str]) -> Said:
    author: Member | None = row.author
    allowed = (Shown.PUBLIC,) if row.entry.reach == Reach.PUBLIC else (Shown.MEMBERS, Shown.PUBLIC)
    return Said(
        slug=row.entry.community.slug,
        time_zone=row.entry.community.time_zone,
        author_id=author.pk if author else None,
        author_name=author.name if author else "",
        author_roles=author.roles if author else 0,
        author_portrait=author.portrait if author else "",
        home=home if author and author.home_shown in allowed else "",
        helper=row.helper.name if row.helper else "",
        body=row.body,
        at=row.at,
        is_edited=row.edited_at is not None,
        people=people,
    )
