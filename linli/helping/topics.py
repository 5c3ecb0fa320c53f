"""What a helper may be entrusted with. An app registers its topics when it starts, and names them when it asks
`people.rules.refuse_helping`; what has no topic is never for helpers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# A ballot is cast by its owner, or by a proxy under the law of owners' assemblies; never in helper mode.
NEVER = frozenset({"votes"})


@dataclass(frozen=True, kw_only=True)
class Topic:
    key: str
    label: object  # lazy translation
    explanation: object  # lazy translation: what the helper can do with it
    icon: str
    position: int


_TOPICS: dict[str, Topic] = {}


def register(topic: Topic) -> None:
    if topic.key in NEVER:
        raise ValueError(f"nobody may be helped with {topic.key}")
    _TOPICS[topic.key] = topic


def all_topics() -> tuple[Topic, ...]:
    return tuple(sorted(_TOPICS.values(), key=lambda topic: (topic.position, topic.key)))


def known(keys: Iterable[str]) -> tuple[Topic, ...]:
    """The topics behind the keys of a mandate, in the order of the form; those no longer offered are left out."""
    held = set(keys)
    return tuple(topic for topic in all_topics() if topic.key in held)
