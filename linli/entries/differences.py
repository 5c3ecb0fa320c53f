"""What changed between two wordings, in pieces that a reader can follow: Chinese by character, other words whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
TOKENS_MAX = 6000


@dataclass(frozen=True)
class Piece:
    text: str
    change: str  # "same", "in" or "out"


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Both wordings in one row of pieces; equal wordings are one piece."""
    if before == after:
        return (Piece(after, "same"),)
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > TOKENS_MAX:
        # By lines where a comparison of every word would take seconds.
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    for change, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            pieces.append(Piece("".join(old[i:j]), "same"))
            continue
        if j > i:
            pieces.append(Piece("".join(old[i:j]), "out"))
        if m > k:
            pieces.append(Piece("".join(new[k:m]), "in"))
    return tuple(pieces)
