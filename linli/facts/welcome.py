from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class NewcomerGreeted(Fact):
    member_id: int


@dataclass(frozen=True, kw_only=True)
class WelcomeWordsChanged(Fact):
    """What the community says it gives and asks is another text now, or the template's again."""
