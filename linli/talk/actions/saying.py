from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Subquery

from linli.entries import mentions
from linli.entries.actions import settle
from linli.entries.actions.posting import BOARD_TOPIC
from linli.entries.models import SEES_ALL, Entry, Reach, count_comment
from linli.facts.talk import (
    AnswerAccepted,
    AnswerTakenBack,
    CommentDeleted,
    Commented,
    CommentEdited,
    Liked,
    Unliked,
)
from linli.kernel.journal import record
from linli.kernel.refusals import Refused
from linli.people.models import Member, Shown
from linli.people.rules import refuse_helping
from linli.talk import rules
from linli.talk.cards import Said, finished
from linli.talk.models import AcceptedAnswer, Comment, Like, Mark
from linli.talk.topics import Topic, topic_of

QUESTION = "question"


def comment(*, by: Member, on: Topic, body: str, key: str, answers: Comment | None = None, now: datetime) -> Comment:
    """Say something to an entry, or to a comment of it; the same key by the same author says it once."""
    _refuse_helper(by)
    is_unagreed = by.agreed_version < by.community.agreement_version
    if refusal := rules.refuse_comment(is_unagreed=is_unagreed, text=body):
        raise Refused(refusal)
    if answers and answers.entry_id != on.entry_id:
        raise Refused(rules.GONE)
    people = mentions.people_in(by, body)
    said = Comment(
        entry_id=on.entry_id,
        # Two levels: an answer to an answer stands under the comment that began the thread.
        answers_id=(answers.answers_id or answers.pk) if answers else None,
        author=by,
        helper=by.helper,
        body=body,
        at=now,
        key=key,
        **finished(_said(by, on, body, now, people)),
    )
    try:
        with transaction.atomic():
            # The row meets a second click at its unique constraint; asking first would cost each comment a statement.
            said.save(force_insert=True)
            count_comment(on.entry_id, 1)
            # Who speaks follows what comes of it, unless there is a mark already; a job for each comment would cost
            # more than the comment.
            seen = Subquery(Entry.objects.filter(pk=on.entry_id).values("comments")[:1])
            mine = Mark(member=by, entry_id=on.entry_id, followed_at=now, seen_comments=seen)
            Mark.objects.bulk_create([mine], ignore_conflicts=True)
            mentions.note(by=by, entry_id=on.entry_id, comment_id=said.pk, text=body, people=people, now=now)
            record(
                Commented(
                    community_id=by.community_id,
                    person_id=by.person_id,
                    helper_id=by.helper.person_id if by.helper else None,
                    entry_id=on.entry_id,
                    comment_id=said.pk,
                ),
                now=now,
            )
    except IntegrityError:
        return Comment.objects.get(author=by, key=key)
    return said


def _said(
    by: Member, on: Topic, body: str, at: datetime, people: Mapping[str, Member], *, is_edited: bool = False
) -> Said:
    allowed = (Shown.PUBLIC,) if on.reach == Reach.PUBLIC else (Shown.MEMBERS, Shown.PUBLIC)
    return Said(
        slug=by.community.slug,
        time_zone=by.community.time_zone,
        author_id=by.pk,
        author_name=by.name,
        author_roles=by.roles,
        author_portrait=by.portrait,
        home=on.home if by.home_shown in allowed else "",
        helper=by.helper.name if by.helper else "",
        body=body,
        at=at,
        is_edited=is_edited,
        people=mentions.addresses(by.community.slug, people),
    )


@transaction.atomic
def edit(*, by: Member, comment: Comment, body: str, now: datetime) -> None:
    """Change one's own words; the comment says that it was edited."""
    _refuse_helper(by)
    found = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    refusal = rules.refuse_edit(
        is_author=found is not None and found.author_id == by.pk,
        is_deleted=found is None or found.deleted_at is not None,
        is_unagreed=by.agreed_version < by.community.agreement_version,
        text=body,
    )
    if refusal:
        raise Refused(refusal)
    assert found
    if found.body == body:
        return
    on = topic_of(found.entry, by)
    people = mentions.people_in(by, body)
    cards = finished(_said(by, on, body, found.at, people, is_edited=True))
    mentions.note(by=by, entry_id=found.entry_id, comment_id=found.pk, text=body, people=people, now=now)
    Comment.objects.filter(pk=found.pk).update(body=body, edited_at=now, **cards)
    record(
        CommentEdited(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=found.entry_id,
            comment_id=found.pk,
        ),
        now=now,
    )


@transaction.atomic
def delete(*, by: Member, comment: Comment, now: datetime) -> None:
    """Take a comment back: a quiet line stays where others have gone on talking; doing it twice changes nothing."""
    _refuse_helper(by)
    keeps_order = by.has_role(SEES_ALL) and not by.helper
    if refusal := rules.refuse_delete(is_author=comment.author_id == by.pk, keeps_order=keeps_order):
        raise Refused(refusal)
    if not _blank(comment, now):
        return
    record(
        CommentDeleted(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=comment.entry_id,
            comment_id=comment.pk,
        ),
        now=now,
    )


def _blank(comment: Comment, now: datetime) -> bool:
    present = Comment.objects.filter(pk=comment.pk, deleted_at=None)
    if not present.update(deleted_at=now, body="", card_zh_hans="", card_en="", likes=0):
        return False
    # An answer that is no longer there answers nothing.
    if AcceptedAnswer.objects.filter(comment=comment).delete()[0]:
        settle(entry_id=comment.entry_id, is_on=False, now=now)
    Like.objects.filter(comment=comment).delete()
    count_comment(comment.entry_id, -1)
    return True


def like(
    *, by: Member, entry_id: int, comment_id: int | None = None, is_on: bool, reaction: int = 1, now: datetime
) -> None:
    """React or no longer; another reaction takes the place of the first, and the count is that of the rows."""
    _refuse_helper(by)
    try:
        _like(by, entry_id, comment_id, reaction, now) if is_on else _unlike(by, entry_id, comment_id, now)
    except IntegrityError:
        # There already, or by another click at the same moment; the transaction took its count back.
        mine = Like.objects.filter(member=by, entry_id=entry_id)
        mine = mine.filter(comment=comment_id) if comment_id else mine.filter(comment=None)
        mine.exclude(reaction=reaction).update(reaction=reaction)


@transaction.atomic
def _like(by: Member, entry_id: int, comment_id: int | None, reaction: int, now: datetime) -> None:
    row = Like(member=by, helper=by.helper, entry_id=entry_id, comment_id=comment_id, reaction=reaction, at=now)
    row.save(force_insert=True)
    _count(entry_id, comment_id, 1)
    record(
        Liked(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=entry_id,
            comment_id=comment_id,
        ),
        now=now,
    )


@transaction.atomic
def _unlike(by: Member, entry_id: int, comment_id: int | None, now: datetime) -> None:
    mine = Like.objects.filter(member=by, entry_id=entry_id)
    gone, _ = (mine.filter(comment=comment_id) if comment_id else mine.filter(comment=None)).delete()
    if not gone:
        return
    _count(entry_id, comment_id, -1)
    record(
        Unliked(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=entry_id,
            comment_id=comment_id,
        ),
        now=now,
    )


def _count(entry_id: int, comment_id: int | None, change: int) -> None:
    if comment_id is None:
        Entry.objects.filter(pk=entry_id).update(likes=F("likes") + change)
    else:
        Comment.objects.filter(pk=comment_id, deleted_at=None).update(likes=F("likes") + change)


@transaction.atomic
def accept(*, by: Member, entry: Entry, comment: Comment, now: datetime) -> None:
    """This comment answers the question; accepting another one changes it, the same one twice changes nothing."""
    _refuse_helper(by)
    refusal = rules.refuse_accepting(
        is_question=entry.kind == QUESTION,
        is_asker=entry.author_id == by.pk,
        keeps_order=by.has_role(SEES_ALL) and not by.helper,
        is_there=comment.entry_id == entry.pk and comment.deleted_at is None,
    )
    if refusal:
        raise Refused(refusal)
    before = AcceptedAnswer.objects.select_for_update().filter(entry=entry).first()
    if before and before.comment_id == comment.pk:
        return
    AcceptedAnswer.objects.update_or_create(
        entry=entry, defaults={"comment": comment, "by": by, "helper": by.helper, "at": now}
    )
    settle(entry_id=entry.pk, is_on=True, now=now)
    record(
        AnswerAccepted(
            community_id=by.community_id,
            person_id=by.person_id,
            helper_id=by.helper.person_id if by.helper else None,
            entry_id=entry.pk,
            comment_id=comment.pk,
            answerer_id=comment.author.person_id if comment.author else None,
        ),
        now=now,
    )


@transaction.atomic
def take_answer_back(*, by: Member, entry: Entry, now: datetime) -> None:
    """The question waits again; twice changes nothing."""
    _refuse_helper(by)
    refusal = rules.refuse_accepting(
        is_question=entry.kind == QUESTION,
        is_asker=entry.author_id == by.pk,
        keeps_order=by.has_role(SEES_ALL) and not by.helper,
        is_there=True,
    )
    if refusal:
        raise Refused(refusal)
    if AcceptedAnswer.objects.filter(entry=entry).delete()[0]:
        settle(entry_id=entry.pk, is_on=False, now=now)
        record(
            AnswerTakenBack(
                community_id=by.community_id,
                person_id=by.person_id,
                helper_id=by.helper.person_id if by.helper else None,
                entry_id=entry.pk,
            ),
            now=now,
        )


@transaction.atomic
def erase(*, member_ids: Collection[int], now: datetime) -> None:
    """Take away what these members said and liked; where others went on talking a quiet line stays."""
    for said in Comment.objects.filter(author__in=member_ids):
        if _blank(said, now):
            record(CommentDeleted(community_id=None, entry_id=said.entry_id, comment_id=said.pk), now=now)
    Comment.objects.filter(author__in=member_ids).update(author=None)
    for row in Like.objects.filter(member__in=member_ids):
        row.delete()
        _count(row.entry_id, row.comment_id, -1)
    Like.objects.filter(helper__in=member_ids).update(helper=None)
    AcceptedAnswer.objects.filter(by__in=member_ids).update(by=None)
    AcceptedAnswer.objects.filter(helper__in=member_ids).update(helper=None)


def _refuse_helper(by: Member) -> None:
    refusal = refuse_helping(is_helper=by.helper is not None, topics=by.mandate_topics, topic=BOARD_TOPIC)
    if refusal:
        raise Refused(refusal)
