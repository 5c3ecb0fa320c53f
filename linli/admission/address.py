"""Whole addresses for paper: a sheet is read far from the page it came from."""

from linli.admission.codes import grouped, invitation_token, letter_code
from linli.settings.options import options


def letter_url(nonce: str) -> str:
    return f"{options.address}/u/{letter_code(nonce)}/"


def letter_words(nonce: str) -> str:
    """ACDEF-GHJKM"""
    return grouped(letter_code(nonce))


def invitation_url(nonce: str) -> str:
    return f"{options.address}/i/{invitation_token(nonce)}/"


def entry_words() -> str:
    """Where a code is typed in by hand, without the scheme that nobody types."""
    return f"{options.address.partition('://')[2]}/u/"
