"""What somebody keeps, follows, or does not want to see again: for themselves alone, so nothing is recorded of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery

from linli.entries.models import Entry
from linli.kernel.refusals import Refused
from linli.people.models import Member
from linli.people.rules import ONESELF, refuse_helping
from linli.talk.models import Mark, MutedMember

Deed = Callable[[Mark, datetime], None]


def _keep(mark: Mark, now: datetime) -> None:
    mark.kept_at = mark.kept_at or now


def _let_go(mark: Mark, _now: datetime) -> None:
    mark.kept_at = None


def _follow(mark: Mark, now: datetime) -> None:
    mark.followed_at, mark.unfollowed_at, mark.muted_at = mark.followed_at or now, None, None


def _unfollow(mark: Mark, now: datetime) -> None:
    mark.followed_at, mark.unfollowed_at = None, now


def _mute(mark: Mark, now: datetime) -> None:
    mark.muted_at, mark.followed_at, mark.unfollowed_at = mark.muted_at or now, None, now


def _unmute(mark: Mark, _now: datetime) -> None:
    mark.muted_at = None


DEEDS: dict[str, Deed] = {
    "keep": _keep,
    "let-go": _let_go,
    "follow": _follow,
    "unfollow": _unfollow,
    "mute": _mute,
    "unmute": _unmute,
}


@transaction.atomic
def mark(*, by: Member, entry_id: int, deed: str, now: datetime) -> None:
    """Keep, follow or mute an entry, or no longer; whoever asks has seen that it is visible. Twice changes nothing."""
    _refuse_helper(by)
    row, is_new = Mark.objects.select_for_update().get_or_create(member=by, entry_id=entry_id)
    if is_new:
        row.seen_comments = Entry.objects.values_list("comments", flat=True).get(pk=entry_id)
    DEEDS[deed](row, now)
    row.save()


def note_thread_seen(*, by: Member, entry_id: int) -> None:
    """The member has what was said before them; a helper's look is not the elder's."""
    if by.helper:
        return
    comments = Entry.objects.filter(pk=OuterRef("entry_id")).values("comments")[:1]
    Mark.objects.filter(member=by, entry_id=entry_id, followed_at__isnull=False).update(
        seen_comments=Subquery(comments)
    )


@transaction.atomic
def follow_own(*, person_id: int, entry_id: int, now: datetime) -> None:
    """Who wrote or answered follows what comes of it, unless they once stopped; twice changes nothing."""
    entry = Entry.objects.present().filter(pk=entry_id).first()
    if entry is None:
        return
    member = Member.objects.present().filter(community_id=entry.community_id, person_id=person_id).first()
    if member is None:
        return
    row, is_new = Mark.objects.get_or_create(
        member=member, entry=entry, defaults={"followed_at": now, "seen_comments": entry.comments}
    )
    if not is_new and not (row.followed_at or row.unfollowed_at or row.muted_at):
        Mark.objects.filter(pk=row.pk).update(followed_at=now, seen_comments=entry.comments)


@transaction.atomic
def mute_member(*, by: Member, muted: Member, is_on: bool, now: datetime) -> None:
    """Without this member's posts on one's own board, or with them again; nobody is told."""
    _refuse_helper(by)
    if muted.pk == by.pk:
        raise Refused(ONESELF)
    if is_on:
        MutedMember.objects.get_or_create(member=by, muted=muted, defaults={"at": now})
    else:
        MutedMember.objects.filter(member=by, muted=muted).delete()


@transaction.atomic
def forget_marks(*, member_ids: Collection[int]) -> None:
    Mark.objects.filter(member__in=member_ids).delete()
    MutedMember.objects.filter(member__in=member_ids).delete()
    MutedMember.objects.filter(muted__in=member_ids).delete()


def _refuse_helper(by: Member) -> None:
    if refusal := refuse_helping(is_helper=by.helper is not None, topics=by.mandate_topics, topic=None):
        raise Refused(refusal)
