"""What people type, cleaned: one form of every character, nothing invisible that deceives."""

from __future__ import annotations

import re
import unicodedata

from linli.kernel.markdown import plain
from linli.kernel.unwanted import without_unwanted

_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
# Joiners make one picture or letter of two; alone, doubled or at an edge they only hide something.
_JOINERS = re.compile("[\u200c\u200d]{2,}|(?<![^\\s])[\u200c\u200d]+|[\u200c\u200d]+(?![^\\s])")
_ACCENTS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_ACCENTS}{{4}}){_ACCENTS}+")
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){3,}")
_SPACES_AT_END = re.compile(r"[^\S\n]+$", re.MULTILINE)
_EXCERPT_ENDS = "。！？；，、.!?;, "


def clean_text(text: str, limit: int | None = None) -> str:
    """Several lines: NFC, plain newlines, at most two empty lines in a row, trimmed, at most so many characters."""
    text = _LINE_ENDS.sub("\n", text)
    text = unicodedata.normalize("NFC", without_unwanted(text))
    text = _MARKS.sub(r"\1", _JOINERS.sub("", text))
    text = _EMPTY_LINES.sub("\n\n\n", _SPACES_AT_END.sub("", text)).strip()
    return _cut(text, limit)


def clean_line(text: str, limit: int | None = None) -> str:
    """One line: as clean_text, with any white space folded to one space."""
    return _cut(" ".join(clean_text(text).split()), limit)


def excerpt(source: str, limit: int) -> str:
    """The beginning of a Markdown text as plain words on one line, with an ellipsis where it was cut."""
    words = plain(source)
    if len(words) <= limit:
        return words
    start = _cut(words, limit - 1)
    end = max(start.rfind(mark) for mark in _EXCERPT_ENDS)
    if end >= limit * 2 // 3:
        start = start[:end]
    return start.rstrip(_EXCERPT_ENDS) + "…"


def _cut(text: str, limit: int | None) -> str:
    """At most `limit` characters, without half of what belongs together at the end."""
    if limit is None or len(text) <= limit:
        return text
    end = limit
    while end > 0 and (_continues(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[: end or limit].rstrip().rstrip("\u200c\u200d")


def _continues(character: str) -> bool:
    """Belongs to the character before it: accents, joiners, skin tones, variation selectors."""
    is_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return is_tone or character == "\u200d" or unicodedata.category(character) in ("Mn", "Me")


def row_id(text: str | None) -> int | None:
    """A row's number from an address or form; None for anything else, also for numbers no row can have.

    Python's own `int` takes signs, other scripts' digits and superscripts' neighbours differently from `str.isdigit`, and
    refuses very long numbers with an error; every such difference would be a page that breaks.
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else None
