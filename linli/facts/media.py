from dataclasses import dataclass

from linli.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RecordingSent(Fact):
    """A video or audio note is here and has to be prepared; it is shown nowhere yet."""

    enclosure_id: int


@dataclass(frozen=True, kw_only=True)
class EnclosureSettled(Fact):
    """A video or audio note can be played now, or cannot be shown at all."""

    enclosure_id: int
