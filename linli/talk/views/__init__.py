"""The page of an entry, what is said there, and what somebody keeps of it."""

from linli.talk.views.marking import mark, marked, member_muted, thread_seen
from linli.talk.views.saying import (
    acceptance,
    answer,
    answer_taken_back,
    comment_deletion,
    comment_edit,
    comment_like,
    comments,
    entry,
    like,
    reactions,
)

__all__ = (
    "acceptance",
    "answer",
    "answer_taken_back",
    "comment_deletion",
    "comment_edit",
    "comment_like",
    "comments",
    "entry",
    "like",
    "mark",
    "marked",
    "member_muted",
    "reactions",
    "thread_seen",
)
