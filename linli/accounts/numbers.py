"""The Linli number (邻里号): eight random digits by which everybody can log in, with or without e-mail and phone."""

import secrets
import unicodedata

LENGTH = 8
# Numbers are drawn from 1000 0000 on, so those that begin with 0 are free for the demo's people.
DEMO_PREFIX = "0"
_FILLERS = str.maketrans("", "", " -.·()\u00a0\u2009\u2013\u2014")


def new_number() -> str:
    """Random, so that knowing one number says nothing of any other."""
    lowest = 10 ** (LENGTH - 1)
    return str(lowest + secrets.randbelow(9 * lowest))


def grouped(number: str) -> str:
    """As it is written and said, like a telephone number: 2831 4657."""
    return f"{number[:4]} {number[4:]}" if len(number) == LENGTH else number


def plain(typed: str) -> str:
    """What was typed without spaces, dashes and full-width digits."""
    return unicodedata.normalize("NFKC", typed).translate(_FILLERS).strip()
