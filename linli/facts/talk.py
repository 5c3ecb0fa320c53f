from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Commented(Fact):
    entry_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentEdited(Fact):
    entry_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentDeleted(Fact):
    entry_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class Liked(Fact):
    entry_id: int
    comment_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Unliked(Fact):
    entry_id: int
    comment_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(Fact):
    """Whoever asked says that this comment answers the question."""

    entry_id: int
    comment_id: int
    answerer_id: int | None  # the person who answered


@dataclass(frozen=True, kw_only=True)
class AnswerTakenBack(Fact):
    """The question waits again."""

    entry_id: int
