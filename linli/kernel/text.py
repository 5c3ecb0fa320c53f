"""What people type, cleaned: one form of every character, nothing invisible that deceives."""

from __future__ import annotations

import re
import unicodedata

# Controls, bidirectional overrides, zero-width marks other than the joiners emoji and scripts need, private use.
_UNWANTED = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff"
    "\U000f0000-\U0010ffff]"
)


def clean_text(text: str, limit: int | None = None) -> str:
    """Several lines: NFC, plain newlines, at most two empty lines in a row, trimmed."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"\n{4,}", "\n\n\n", _UNWANTED.sub("", text)).strip()
    return text[:limit] if limit else text


def clean_line(text: str, limit: int | None = None) -> str:
    """One line: as clean_text, with any white space folded to one space."""
    line = " ".join(clean_text(text).split())
    return line[:limit] if limit else line
