"""gzip for texts, with a length that tells nothing (BREACH: https://breachattack.com)."""

import secrets
import struct
import zlib
from functools import lru_cache

WORTH_PACKING = 1024
PADDING_MAX = 96
TEXTS = ("text/", "application/json", "application/manifest+json", "application/xml", "image/svg+xml", "text/calendar")


def is_text(content_type: str) -> bool:
    return content_type.startswith(TEXTS)


def gzipped(body: bytes, level: int = 5, *, padded: bool = True) -> bytes:
    """The body as a gzip stream; its header carries a file name of random length."""
    padding = b"x" * secrets.randbelow(PADDING_MAX) + b"\0" if padded else b""
    head = b"\x1f\x8b\x08" + (b"\x08" if padded else b"\x00") + b"\0\0\0\0\0\xff" + padding
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    tail = struct.pack("<II", zlib.crc32(body), len(body) & 0xFFFFFFFF)
    return b"".join((head, packer.compress(body), packer.flush(), tail))


@lru_cache(maxsize=256)
def accepts_gzip(header: bytes) -> bool:
    """Whether Accept-Encoding allows gzip (RFC 9110 section 12.5.3)."""
    found = None
    for part in header.lower().split(b","):
        coding, _, weight = part.strip().partition(b";")
        if coding.strip() in (b"gzip", b"x-gzip") or (coding.strip() == b"*" and found is None):
            found = weight.replace(b" ", b"").strip() not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return bool(found)
