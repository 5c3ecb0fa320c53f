from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StorySubmitted(Fact):
    story_id: int


@dataclass(frozen=True, kw_only=True)
class StoryWithdrawn(Fact):
    story_id: int


@dataclass(frozen=True, kw_only=True)
class StoryReturned(Fact):
    """An editor asks for changes."""

    story_id: int
    reporter_id: int | None


@dataclass(frozen=True, kw_only=True)
class StoryDeclined(Fact):
    story_id: int
    reporter_id: int | None


@dataclass(frozen=True, kw_only=True)
class StoryPublished(Fact):
    story_id: int
    entry_id: int
    reporter_id: int | None
