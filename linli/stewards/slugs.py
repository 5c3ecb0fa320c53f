"""Addresses of communities: what one may look like, and a free one where somebody has none in mind."""

import re
from collections.abc import Callable

from django.utils.text import slugify

from linli.kernel.tokens import new_code

SLUG_MAX = 40
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")
_EASY = "34679acdefghjkmnpqrtuvwxy"


def is_slug(text: str) -> bool:
    return bool(_SLUG.fullmatch(text)) and "--" not in text


def suggestion(name: str, is_free: Callable[[str], bool]) -> str:
    """From a name in Latin letters its words; for a Chinese one a short neutral address: nobody reads pinyin alike."""
    spelled = slugify(name)[:SLUG_MAX].strip("-")
    # Of “阳光花园 2” only the figure would be left.
    if is_slug(spelled) and re.search("[a-z]{2}", spelled) and spelled.isascii():
        for candidate in (spelled, *(f"{spelled[:36]}-{number}" for number in range(2, 10))):
            if is_free(candidate):
                return candidate
    while True:
        candidate = f"home-{new_code(4, _EASY)}"
        if is_free(candidate):
            return candidate
