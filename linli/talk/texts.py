"""What a comment looks like: plain words, lines as they were typed, addresses as links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup, escape

# Ends before punctuation that belongs to the sentence around the address, Chinese punctuation too.
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；！？、）】」』]+[^\s<>\"'，。；！？、）】」』.,;:!?)\]]")
SHOWN_MAX = 48
_NOBODY: Mapping[str, str] = MappingProxyType({})


def comment_html(body: str, people: Mapping[str, str] = _NOBODY) -> Markup:
    """Nothing but text, line breaks and links ever comes out of it; `people`: the address of each `@name`."""
    parts = []
    end = 0
    for found in _ADDRESS.finditer(body):
        parts += [_named(body[end : found.start()], people), _link(found[0])]
        end = found.end()
    parts.append(_named(body[end:], people))
    lines = "".join(parts).replace("\n\n", "</p><p>").replace("\n", "<br>")
    return Markup(f"<p>{lines}</p>")  # noqa: S704  (escaped piece by piece)


def _named(text: str, people: Mapping[str, str]) -> str:
    if not people:
        return str(escape(text))
    names = "|".join(re.escape(name) for name in sorted(people, key=len, reverse=True))
    parts = re.split(rf"(?<![A-Za-z0-9_.])@({names})", text)
    # Every second piece is a name.
    return "".join(
        f'<a href="{escape(people[piece])}">@{escape(piece)}</a>' if place % 2 else str(escape(piece))
        for place, piece in enumerate(parts)
    )


def _link(address: str) -> str:
    shown = address.split("://", 1)[1]
    if len(shown) > SHOWN_MAX:
        shown = shown[: SHOWN_MAX - 1] + "…"
    return f'<a href="{escape(address)}" rel="nofollow ugc noopener">{escape(shown)}</a>'
