"""Markdown that residents write → HTML that cannot harm (CommonMark; raw HTML off; nh3 behind it)."""

from __future__ import annotations

import html
import re
from functools import cache

import nh3
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "em", "strong", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "h3", "h4", "hr"}


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False})
    return parser.enable("strikethrough").disable("image")


def render(source: str) -> str:
    """Safe HTML; headings start at h3, because the page's own stand above them."""
    found: str = _parser().render(source)
    for level, to in ((6, 4), (5, 4), (4, 4), (3, 4), (2, 4), (1, 3)):
        found = found.replace(f"<h{level}>", f"<h{to}>").replace(f"</h{level}>", f"</h{to}>")
    return nh3.clean(
        found,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow ugc noopener",
    )


def plain(source: str) -> str:
    """The words alone, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", render(source))).split())
