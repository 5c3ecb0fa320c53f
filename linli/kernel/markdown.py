"""Markdown that residents write → HTML that cannot harm (CommonMark; raw HTML off; nh3 behind it)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from linli.kernel.unwanted import without_unwanted

_TAGS = {"p", "br", "em", "strong", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "h3", "h4", "hr"}
_SCHEMES = {"http", "https", "mailto", "tel"}
# ASCII only, because Chinese goes on after an address without a space.
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9])https?://[A-Za-z0-9](?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*[A-Za-z0-9\-_~/#=&+%)])?"
)
_MAY_LINK = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
_NESTING_MAX = 12
_IN_ADDRESS = re.compile("[A-Za-z0-9_.]")
_NOBODY: Mapping[str, str] = MappingProxyType({})


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  (markdown-it's name)
        return _MAY_LINK.match(url) is not None


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "breaks": True, "linkify": False, "maxNesting": _NESTING_MAX})
    parser.enable("strikethrough").disable(["image", "html_block", "html_inline"])
    parser.inline.ruler.push("linli_mentions", _mention)
    parser.core.ruler.push("linli_addresses", _link_addresses)
    parser.core.ruler.push("linli_headings", _lower_headings)
    return parser


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )


def render(source: str, people: Mapping[str, str] = _NOBODY) -> str:
    """Safe HTML; headings start at h3, because the page's own stand above them.

    `people`: the address of each name that becomes a link where `@name` stands.
    """
    found: str = _parser().render(source, {"people": people})
    # Afterwards as well as before: `&#xE000;` is a harmless text until it is rendered.
    return without_unwanted(_cleaner().clean(found))


@lru_cache(maxsize=256)
def plain(source: str) -> str:
    """The words alone, on one line."""
    words = "".join(_words(_parser().parse(source)))
    return " ".join(without_unwanted(words).split())


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children is not None:
            yield from _words(token.children)
        elif token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("fence", "code_block"):
            yield f"{token.content} "
        elif token.type in ("softbreak", "hardbreak") or (token.block and token.nesting == -1):
            yield " "


def _mention(state: StateInline, silent: bool) -> bool:
    """`@name` of somebody who is known here; an @ within a word belongs to the word."""
    at = state.pos
    # Chinese runs into the @ without a space, an e-mail address does so in Latin letters.
    if state.src[at] != "@" or state.linkLevel or _IN_ADDRESS.match(state.src[max(0, at - 1) : at]):
        return False
    people: Mapping[str, str] = state.env.get("people") or _NOBODY
    name = next((name for name in sorted(people, key=len, reverse=True) if state.src.startswith(name, at + 1)), "")
    if not name:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": people[name]}
        state.push("text", "", 0).content = f"@{name}"
        state.push("link_close", "a", -1)
    state.pos = at + 1 + len(name)
    return True


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag == "h1" else "h4"


def _link_addresses(state: StateCore) -> None:
    """Make links of bare addresses."""
    if "://" not in state.src:
        return
    for token in state.tokens:
        if token.children and "://" in token.content:
            token.children = list(_with_links(token.children))


def _with_links(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "text" and not depth and "://" in token.content:
            yield from _split(token.content)
        else:
            yield token


def _split(content: str) -> Iterator[Token]:
    end = 0
    for match in _ADDRESS.finditer(content):
        address = match[0]
        if address.endswith(")") and "(" not in address:
            address = address.rstrip(")")
        yield _text(content[end : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": address})
        yield _text(address)
        yield Token("link_close", "a", -1)
        end = match.start() + len(address)
    yield _text(content[end:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
