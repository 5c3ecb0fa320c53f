"""Filters of our templates: the leaf of a person without a picture, and words for numbers and times."""

from datetime import date, datetime
from functools import lru_cache
from zlib import crc32

from django.utils import dateformat, timezone, translation


@lru_cache(maxsize=4096)
def leaf(name: str) -> int:
    """Which of the six colours; the same for one name everywhere."""
    return crc32(name.encode()) % 6


@lru_cache(maxsize=4096)
def surname(name: str) -> str:
    """What stands on the leaf: the Chinese surname, or the first letter."""
    first = name.strip()[:1]
    return first.upper() or "·"


@lru_cache(maxsize=4096)
def digits(number: str) -> str:
    """A phone number as `tel:` wants it."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


def moment(at: datetime, language: str = "") -> str:
    """Day and time in words for pages without JavaScript and for paper; the year is always there."""
    here = timezone.localtime(at) if timezone.is_aware(at) else at
    return dateformat.format(here, "Y年n月j日 H:i" if _is_chinese(language) else "j F Y, H:i")


def day(on: date, language: str = "") -> str:
    """A date in words; of a moment, the day it was here."""
    if isinstance(on, datetime) and timezone.is_aware(on):
        on = timezone.localtime(on)
    return dateformat.format(on, "Y年n月j日" if _is_chinese(language) else "j F Y")


def _is_chinese(language: str) -> bool:
    """Paper speaks both languages at once and names the one it wants."""
    return (language or translation.get_language() or "").startswith("zh")
