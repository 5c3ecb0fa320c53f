"""Codes and tokens: speakable ones on paper, long ones in links, digests in the database."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

# Without 0/O, 1/I/L, 2/Z, 5/S, 8/B: what is read aloud or copied by hand must not be mistaken.
SPEAKABLE = "34679ACDEFGHJKMNPQRTUVWXY"


def new_code(length: int, alphabet: str = SPEAKABLE) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))


def new_token() -> str:
    """128 random bits for a link."""
    return secrets.token_urlsafe(16)


def typed_code(text: str) -> str:
    """A typed code in the form it was made in: wide letters, lower case, spaces and dashes do not matter."""
    narrow = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in text)
    return "".join(sign for sign in narrow.upper() if sign.isascii() and sign.isalnum())


def digest(code: str) -> str:
    """What is stored of a one-time code: HMAC-SHA-256 with the server's key."""
    return hmac.new(settings.SECRET_KEY.encode(), code.encode(), hashlib.sha256).hexdigest()
