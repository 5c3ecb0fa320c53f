"""What helpers said and liked, told to the member in whose name it happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.entries.helped import entry_url, quote_of, standing_entries
from linli.facts.talk import (
    AnswerAccepted,
    AnswerTakenBack,
    CommentDeleted,
    Commented,
    CommentEdited,
    Liked,
    Unliked,
)
from linli.helping import acts
from linli.helping.acts import Told
from linli.people.models import Member
from linli.talk import actions
from linli.talk.models import Comment, Like


def _tell_said(words: str, member: Member, facts: Sequence[Commented | CommentEdited], *, may_undo: bool) -> list[Told]:
    ids = {fact.comment_id for fact in facts}
    found = Comment.objects.filter(pk__in=ids, deleted_at=None, entry__community_id=member.community_id)
    bodies = dict(found.filter(author=member).values_list("pk", "body"))
    return [
        Told(
            words=words,
            quote=quote_of("", bodies[fact.comment_id]),
            url=f"{entry_url(member, fact.entry_id)}#comment-{fact.comment_id}",
            may_undo=may_undo,
        )
        if fact.comment_id in bodies
        else Told(words=words, quote=_("(deleted meanwhile)"))
        for fact in facts
    ]


def _tell_commented(member: Member, facts: Sequence[Commented]) -> list[Told]:
    return _tell_said(_("Wrote a comment"), member, facts, may_undo=True)


def _tell_edited(member: Member, facts: Sequence[CommentEdited]) -> list[Told]:
    return _tell_said(_("Changed a comment"), member, facts, may_undo=False)


def _tell_deleted(member: Member, facts: Sequence[CommentDeleted]) -> list[Told]:
    return [Told(words=_("Deleted a comment"), url=entry_url(member, fact.entry_id)) for fact in facts]


def _tell_liked(member: Member, facts: Sequence[Liked]) -> list[Told]:
    standing = standing_entries(member, [fact.entry_id for fact in facts])
    mine = Like.objects.filter(member=member, entry__in=list(standing)).values_list("entry_id", "comment_id")
    liked = set(mine)
    return [
        Told(
            words=_("Liked a comment") if fact.comment_id else _("Liked a post"),
            quote=quote_of(standing[fact.entry_id].title, standing[fact.entry_id].body),
            url=entry_url(member, fact.entry_id),
            may_undo=(fact.entry_id, fact.comment_id) in liked,
        )
        if fact.entry_id in standing
        else Told(words=_("Liked a comment") if fact.comment_id else _("Liked a post"))
        for fact in facts
    ]


def _tell_unliked(member: Member, facts: Sequence[Unliked]) -> list[Told]:
    return [Told(words=_("Took a like back"), url=entry_url(member, fact.entry_id)) for fact in facts]


def _undo_commented(by: Member, fact: Commented, now: datetime) -> None:
    comment = Comment.objects.filter(pk=fact.comment_id, author=by, deleted_at=None).first()
    if comment:
        actions.delete(by=by, comment=comment, now=now)


def _undo_liked(by: Member, fact: Liked, now: datetime) -> None:
    actions.like(by=by, entry_id=fact.entry_id, comment_id=fact.comment_id, is_on=False, now=now)


acts.register(Commented, _tell_commented, undo=_undo_commented, undo_words=gettext_lazy("Delete the comment"))
acts.register(CommentEdited, _tell_edited)
acts.register(CommentDeleted, _tell_deleted)
acts.register(Liked, _tell_liked, undo=_undo_liked, undo_words=gettext_lazy("Take the like back"))


def _tell_accepted(member: Member, facts: Sequence[AnswerAccepted]) -> list[Told]:
    return [Told(words=_("Accepted an answer"), url=entry_url(member, fact.entry_id)) for fact in facts]


def _tell_taken_back(member: Member, facts: Sequence[AnswerTakenBack]) -> list[Told]:
    return [Told(words=_("Took the accepted answer back"), url=entry_url(member, fact.entry_id)) for fact in facts]


acts.register(Unliked, _tell_unliked)
acts.register(AnswerAccepted, _tell_accepted)
acts.register(AnswerTakenBack, _tell_taken_back)
