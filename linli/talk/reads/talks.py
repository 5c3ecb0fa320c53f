"""What the page of an entry shows beside the entry itself, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from markupsafe import Markup

from linli.entries.models import SEES_ALL, Entry
from linli.entries.patterns import MARKS
from linli.entries.reactions import REACTIONS, Reaction
from linli.entries.reads import sight_of, with_home
from linli.kernel.languages import column_suffix
from linli.kernel.prepared import PreparedRead
from linli.kernel.refusals import Refusal
from linli.kernel.text import row_id
from linli.people.models import Community, Member
from linli.people.reads import Line, lines
from linli.people.rules import RULES_CHANGED
from linli.talk import cards
from linli.talk.models import AcceptedAnswer, Comment, Like
from linli.talk.rules import COMMENTS_SECONDS
from linli.talk.texts import comment_html
from linli.talk.topics import Topic

PAGE = 50
REACTIONS_MOST = 500
NEWEST = 2**62
ID, LIKES = MARKS["id"], MARKS["likes"]


@dataclass(frozen=True)
class Talk:
    """Finished comments from one row on, and the row to go on from."""

    comments: Markup
    after: str  # where to go on: “thread-comment”, or nothing
    is_later: bool  # whether there are comments before these


# Rows of every talk: id, author, likes, finished card (empty where it was taken back), for members their like.
def _fields(language: str) -> tuple[str, ...]:
    return ("id", "author_id", "likes", f"card_{column_suffix(language)}", "answers_id")


Rows = QuerySet[Comment, tuple[object, ...]]


def entry_like(member_id: Any) -> Subquery:
    """On entries: the number of the member's reaction, if there is one."""
    mine = Like.objects.filter(member_id=member_id, entry_id=OuterRef("pk"), comment=None)
    return Subquery(mine.values("reaction")[:1])


def comment_like(member_id: Any) -> Subquery:
    """The same on comments."""
    return Subquery(Like.objects.filter(member_id=member_id, comment_id=OuterRef("pk")).values("pk")[:1])


@cache
def _member_talk(language: str) -> PreparedRead:
    def rows(member_id: int, entry_id: int, thread: int, after: int) -> Rows:
        found = _on_from(Comment.objects.visible_to_id(member_id).filter(entry_id=entry_id), thread, after)
        return found.annotate(liked=comment_like(member_id)).values_list(*_fields(language), "liked")[: PAGE + 1]

    return PreparedRead(rows)


@cache
def _public_talk(language: str) -> PreparedRead:
    def rows(entry_id: int, thread: int, after: int) -> Rows:
        found = _on_from(Comment.objects.filter(entry_id=entry_id), thread, after)
        return found.values_list(*_fields(language))[: PAGE + 1]

    return PreparedRead(rows)


def _on_from(found: QuerySet[Comment], thread: int, after: int) -> QuerySet[Comment]:
    """Thread by thread, in each the oldest first, from behind a comment of a thread on."""
    in_threads = found.annotate(thread=Coalesce("answers_id", "id"))
    later = in_threads.filter(Q(thread__gt=thread) | Q(thread=thread, id__gt=after))
    return later.order_by("thread", "id")


@dataclass(frozen=True)
class Place:
    """Behind which comment of which thread a page of comments begins."""

    thread: int = 0
    after: int = NEWEST


BEGINNING = Place()


def place_of(text: str | None) -> Place:
    """“12-34” is behind comment 34 of thread 12, “12” behind the whole thread; anything else is the beginning."""
    thread, _, after = (text or "").partition("-")
    found = row_id(thread)
    return Place(found, row_id(after) or NEWEST) if found else BEGINNING


def talk_of(
    community: Community, member: Member | None, entry_id: int, *, language: str, place: Place, may_accept: bool = False
) -> Talk:
    """The comments of an entry that the visitor has been let see, the oldest first, answers below what they answer."""
    behind = {"entry_id": entry_id, "thread": place.thread, "after": place.after}
    if member:
        rows = _member_talk(language).rows(member_id=member.pk, **behind)
    else:
        rows = [(*row, None) for row in _public_talk(language).rows(**behind)]
    has_more = len(rows) > PAGE
    rows = rows[:PAGE]
    if not has_more:
        # Taken back and nobody has said anything since: nothing is missing in what others said.
        while rows and not rows[-1][3]:
            rows.pop()
    return Talk(
        comments=_laid(community.slug, rows, member, language, may_accept=may_accept),
        after=f"{rows[-1][4] or rows[-1][0]}-{rows[-1][0]}" if has_more else "",
        is_later=place.thread > 0,
    )


def _laid(
    slug: str, rows: Sequence[tuple[Any, ...]], member: Member | None, language: str, *, may_accept: bool = False
) -> Markup:
    """The viewer's own state under the finished comments, in one piece."""
    own = member.pk if member else 0
    is_member = member is not None
    keeps_order = member is not None and _keeps_order(member)
    around = cards.around
    html: list[str] = []
    for pk, author_id, likes, card, answers, liked in rows:
        if not card:
            html.append(cards.gone(language, pk, is_answer=bool(answers)))
            continue
        is_own = author_id == own
        may_delete = is_own or keeps_order
        before, after = around(
            language, slug, bool(liked), is_member, likes > 0, is_own, may_delete, bool(answers), may_accept
        )
        number = str(pk)
        if likes:
            after = after.replace(LIKES, str(likes))
        html += (before.replace(ID, number), card, after.replace(ID, number))
    return Markup("".join(html))  # noqa: S704  (cards were escaped when they were finished)


@dataclass(frozen=True)
class Floor:
    """An entry one may speak to now: what the action needs, and what was there before."""

    topic: Topic
    comments: int
    recent: int  # how much the member has said of late, anywhere


@cache
def _floor(sight: int) -> PreparedRead:
    def rows(member_id: int, community_id: int, pk: int, since: datetime) -> QuerySet[Entry, tuple[object, ...]]:
        mine = Comment.objects.filter(author_id=member_id, at__gt=since).order_by().values("author_id")
        found = with_home(Entry.objects.visible_to_id(member_id, community_id, sight).filter(pk=pk), member_id)
        found = found.annotate(recent=Coalesce(Subquery(mine.annotate(count=Count("pk")).values("count")), 0))
        return found.values_list("reach", "comments", "home", "recent")[:1]

    return PreparedRead(rows)


def floor_or_404(member: Member, pk: int, *, now: datetime) -> Floor:
    """The entry, if the member may see it; one statement."""
    rows = _floor(sight_of(member.roles)).rows(
        member_id=member.pk,
        community_id=member.community_id,
        pk=pk,
        since=now - timedelta(seconds=COMMENTS_SECONDS),
    )
    if not rows:
        raise Http404
    reach, comments, home, recent = rows[0]
    return Floor(Topic(pk, reach, home or ""), comments, recent)


def refusal_to_speak(member: Member | None) -> Refusal | None:
    """Why there is no form under the comments."""
    if member and member.agreed_version < member.community.agreement_version:
        return RULES_CHANGED
    return None


@dataclass(frozen=True)
class CommentShown:
    """One comment on the pages that change it or take it back."""

    id: int
    entry_id: int
    html: Markup


def comment_or_404(member: Member, pk: int) -> Comment:
    """A comment that is there, on an entry that the member may see, by somebody the member does not block."""
    entries = Entry.objects.visible_to(member)
    found = Comment.objects.visible_to_id(member.pk).filter(pk=pk, deleted_at=None, entry__in=entries).first()
    if found is None:
        raise Http404
    return found


def own_or_404(member: Member, comment: Comment) -> None:
    if comment.author_id != member.pk:
        raise Http404


def deletable_or_404(member: Member, comment: Comment) -> None:
    if comment.author_id != member.pk and not _keeps_order(member):
        raise Http404


def _keeps_order(member: Member) -> bool:
    return member.has_role(SEES_ALL) and member.helper is None


def fresh(member: Member, comment: Comment, *, language: str) -> Markup:
    """A comment just written, without asking for it again."""
    card = getattr(comment, f"card_{column_suffix(language)}")
    row = (comment.pk, member.pk, 0, card, comment.answers_id, None)
    return _laid(member.community.slug, [row], member, language)


def shown(comment: Comment) -> CommentShown:
    return CommentShown(comment.pk, comment.entry_id, comment_html(comment.body))


def one_comment(member: Member, pk: int, *, language: str) -> Markup:
    """The comment as the member sees it now."""
    found = Comment.objects.filter(pk=pk).annotate(liked=comment_like(member.pk))
    rows = list(found.values_list(*_fields(language), "liked"))
    return _laid(member.community.slug, rows, member, language)


@cache
def _counts() -> PreparedRead:
    def rows(member_id: int, entry_id: int) -> QuerySet[Entry, tuple[object, ...]]:
        found = Entry.objects.filter(pk=entry_id).annotate(liked=entry_like(member_id))
        return found.values_list("likes", "comments", "liked")

    return PreparedRead(rows)


def counts_of(member: Member, entry_id: int) -> tuple[int, int, int]:
    """Reactions, comments, and the number of the member's own reaction."""
    likes, comments, mine = _counts().rows(member_id=member.pk, entry_id=entry_id)[0]
    return likes, comments, mine or 0


@dataclass(frozen=True)
class ReactionGroup:
    """One reaction, and who reacted so."""

    reaction: Reaction
    lines: tuple[Line, ...]


def reactions_of(member: Member, entry_id: int) -> tuple[ReactionGroup, ...]:
    """Without those whom the member blocks; three queries for any number."""
    rows = Like.objects.filter(entry=entry_id, comment=None, member__left_at=None)
    rows = rows.exclude(member__blocked_by__blocker=member).order_by("pk")
    pairs = list(rows.values_list("reaction", "member_id")[:REACTIONS_MOST])
    known = lines(member, [pk for _number, pk in pairs])
    groups = []
    for reaction in REACTIONS:
        found = tuple(known[pk] for number, pk in pairs if number == reaction.number and pk in known)
        if found:
            groups.append(ReactionGroup(reaction, found))
    return tuple(groups)


@dataclass(frozen=True)
class Answer:
    """The comment that was accepted, finished, and the thread before it."""

    id: int
    card: Markup
    after: int


def accepted_answer(entry_id: int, member: Member | None, *, language: str) -> Answer | None:
    """Of a question that the visitor has been let see; one statement."""
    found = AcceptedAnswer.objects.filter(entry=entry_id, comment__deleted_at=None)
    if member:
        found = found.filter(comment__in=Comment.objects.visible_to_id(member.pk))
    row = found.values_list("comment_id", "comment__answers_id", f"comment__card_{column_suffix(language)}").first()
    if row is None:
        return None
    pk, thread, card = row
    return Answer(pk, Markup(card), (thread or pk) - 1)  # noqa: S704  (escaped when it was finished)


def may_accept(member: Member, entry_id: int) -> bool:
    """Who asked, and who keeps order, says which answer it was."""
    return _keeps_order(member) or Entry.objects.filter(pk=entry_id, author_id=member.pk).exists()


def answered_or_404(member: Member, entry_id: int, pk: int) -> Comment:
    """A comment of this entry that can be answered."""
    comment = comment_or_404(member, pk)
    if comment.entry_id != entry_id:
        raise Http404
    return comment


def speaker_of(comment: Comment) -> str:
    """Who is answered, by name."""
    return Member.objects.filter(pk=comment.author_id or 0).values_list("name", flat=True).first() or ""
