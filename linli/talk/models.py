from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from linli.entries.models import Entry
from linli.people.models import Block, Member


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to_id(self, member_id: int) -> CommentQuerySet:
        """Without those whom the member blocks; the entry itself must be visible."""
        blocked = Block.objects.filter(blocker_id=member_id, blocked_id=OuterRef("author_id"))
        return self.filter(~Exists(blocked))


class Comment(models.Model):
    """What somebody says to an entry (评论)."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    # The comment it answers; answers to answers stand in the same thread.
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answered_by")
    author = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="comments")
    helper = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField()
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    likes = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=40)
    card_zh_hans = models.TextField(blank=True)
    card_en = models.TextField(blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("author", "key"), name="comment_posted_once"),)
        indexes = (
            models.Index(fields=("entry", "id"), name="comment_of_entry"),
            models.Index("entry", Coalesce("answers", "id"), "id", name="comment_in_thread"),
            models.Index(fields=("author", "at"), name="comment_of_author"),
        )

    def __str__(self) -> str:
        return f"{self.pk} on {self.entry_id}"


class Like(models.Model):
    """One member likes one entry or one comment (赞)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="likes")
    helper = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    reaction = models.PositiveSmallIntegerField(default=1)  # a number of entries.reactions; comments are only liked
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("member", "entry"), condition=Q(comment=None), name="entry_liked_once"),
            models.UniqueConstraint(
                fields=("member", "comment"), condition=Q(comment__isnull=False), name="comment_liked_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} likes {self.comment_id or self.entry_id}"


class AcceptedAnswer(models.Model):
    """The comment that answers a question, as whoever asked says (采纳的回答)."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    helper = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.comment_id} answers {self.entry_id}"


class Mark(models.Model):
    """What an entry is to one member alone: kept, followed, or not to be seen again (收藏, 关注, 不看)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="marks")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)
    followed_at = models.DateTimeField(null=True, blank=True)
    # Who once stopped following is not made to follow again by answering.
    unfollowed_at = models.DateTimeField(null=True, blank=True)
    muted_at = models.DateTimeField(null=True, blank=True)
    seen_comments = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("member", "entry"), name="mark_once"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.entry_id}"


class MutedMember(models.Model):
    """One member does not want another's posts on the board; they can still be found, and nobody is told (不看TA)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("member", "muted"), name="mute_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} mutes {self.muted_id}"


def muted_for(member_id: Any) -> Q:
    """On entries: what this member does not want on the board. Notices reach everybody all the same."""
    threads = Mark.objects.filter(member_id=member_id, entry_id=OuterRef("pk"), muted_at__isnull=False)
    people = MutedMember.objects.filter(member_id=member_id, muted_id=OuterRef("author_id"))
    return Q(Exists(threads)) | Q(Exists(people))
