"""Codes on paper and tokens in links: worked out from a nonce and the server's key, never stored themselves.

So a sheet can be printed again without a code lying in the database (docs/decisions/0050-letters.md).
"""

import hmac
import re
import unicodedata

from django.conf import settings

from linli.kernel.tokens import SPEAKABLE

CODE_LENGTH = 10


def _derived(purpose: str, nonce: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), f"{purpose}:{nonce}".encode(), "sha256").digest()


def letter_code(nonce: str) -> str:
    number = int.from_bytes(_derived("letter", nonce), "big")
    signs = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(SPEAKABLE))
        signs.append(SPEAKABLE[place])
    return "".join(signs)


def invitation_token(nonce: str) -> str:
    return _derived("invitation", nonce).hex()[:32]


def grouped(code: str) -> str:
    """ACDEFGHJKM → ACDEF-GHJKM, as it stands on paper."""
    return f"{code[:5]}-{code[5:]}"


def plain_code(typed: str) -> str:
    """What somebody copied from paper, as it was meant: any case, any width, with or without the dash."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", typed).upper())[:40]
