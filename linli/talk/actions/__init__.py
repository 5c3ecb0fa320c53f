"""Every write to what is said about entries, and to what somebody keeps of them."""

from linli.talk.actions.marking import (
    DEEDS,
    follow_own,
    forget_marks,
    mark,
    mute_member,
    note_thread_seen,
)
from linli.talk.actions.saying import QUESTION, accept, comment, delete, edit, erase, like, take_answer_back

__all__ = (
    "DEEDS",
    "QUESTION",
    "accept",
    "comment",
    "delete",
    "edit",
    "erase",
    "follow_own",
    "forget_marks",
    "like",
    "mark",
    "mute_member",
    "note_thread_seen",
    "take_answer_back",
)
