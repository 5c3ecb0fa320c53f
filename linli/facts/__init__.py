"""What has happened (事实): frozen dataclasses, past tense, ids and small values, never private text."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Base of all facts; fields are added, never renamed."""

    community_id: int | None = None
    person_id: int | None = None  # who acted, or on whose behalf
    helper_id: int | None = None  # the person who did it for them
