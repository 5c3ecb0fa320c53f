"""Portraits: their address, and who takes the picture in; the package of pictures stands above and says so here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import IO

from linli.people.models import Member

# (file, owner, now) → the name under which the picture is kept; raises Refused with field "portrait".
Taker = Callable[[IO[bytes], Member, datetime], str]
_takers: list[Taker] = []


def take_portraits_with(taker: Taker) -> None:
    _takers[:] = [taker]


def take(file: IO[bytes], owner: Member, now: datetime) -> str:
    return _takers[0](file, owner, now)


def are_taken() -> bool:
    return bool(_takers)


def portrait_url(slug: str, member: Member, size: int = 160) -> str:
    """The name is part of the address, so that browsers may keep the answer for ever."""
    return f"/c/{slug}/people/{member.pk}/portrait-{member.portrait}-{size}.webp" if member.portrait else ""
