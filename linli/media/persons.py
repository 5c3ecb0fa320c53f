"""Portraits: the square picture of a profile."""

from datetime import datetime
from typing import IO

from linli.media.actions import take
from linli.people.models import Member
from linli.people.portraits import take_portraits_with


def _take(file: IO[bytes], owner: Member, now: datetime) -> str:
    return take(file=file, owner=owner, now=now, is_square=True, field="portrait").name


take_portraits_with(_take)
