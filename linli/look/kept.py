"""Pages whose surroundings are rendered once and kept: only what differs from visit to visit is filled in.

The shell, tabs and panels of a board are the same for a member until something in them changes, and cost a third of the
page. They are rendered with marks (characters of the private-use area, which `clean_text` removes from everything that
people write), cut at the marks, and joined with what stands there this time (docs/decisions/0071-kept-pages.md).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.http import HttpRequest
from markupsafe import Markup, escape

from linli.look.csrf import Input, Token
from linli.look.frame import Frame
from linli.look.jinja import engine

KEPT_MOST = 512
_FIRST = 0xE100
_MARK = re.compile("[\ue100-\ue1ff]")
_TOKEN, _FULL_PATH = chr(0xE1FE), chr(0xE1FF)


class KeptRequest:
    """What a kept template may know of its request: where it stands; anything else would be another visitor's."""

    def __init__(self, path: str) -> None:
        self.path = path

    def get_full_path(self) -> Markup:
        return Markup(_FULL_PATH)  # noqa: S704  (a mark; escaped where it is filled in)


class _MarkedToken(Token):
    __slots__ = ()

    def __init__(self) -> None:
        self._value = _TOKEN


class Kept(NamedTuple):
    """The pieces between the marks, and the mark after each but the last."""

    pieces: tuple[str, ...]
    marks: tuple[str, ...]


def kept(
    request: HttpRequest,
    template: str,
    frame: Frame,
    member_id: int,
    path: str,
    context: Mapping[str, Hashable],
    places: Mapping[str, str],
) -> str:
    """The page; `places` are finished HTML, and what decides between shapes of the page stands in `context`."""
    names = tuple(name for name, html in places.items() if html)
    environment = engine().environment
    drawn = _drawn if not environment.auto_reload else _drawn.__wrapped__
    absent = tuple((name, "") for name, html in places.items() if not html)
    found = drawn(environment.language, template, frame, member_id, path, names, (*context.items(), *absent))
    filled = {chr(_FIRST + number): places[name] for number, name in enumerate(names)}
    filled[_TOKEN] = str(Token(request))
    filled[_FULL_PATH] = str(escape(request.get_full_path()))
    html = [found.pieces[0]]
    for mark, piece in zip(found.marks, found.pieces[1:], strict=True):
        html += (filled[mark], piece)
    return "".join(html)


@lru_cache(maxsize=KEPT_MOST)
def _drawn(
    _language: str,
    template: str,
    frame: Frame,
    member_id: int,
    path: str,
    names: tuple[str, ...],
    context: tuple[tuple[str, Hashable], ...],
) -> Kept:
    token = _MarkedToken()
    marks = {name: Markup(chr(_FIRST + number)) for number, name in enumerate(names)}  # noqa: S704  (a mark)
    html = (
        engine()
        .environment.get_template(template)
        .render(
            {
                "request": KeptRequest(path),
                "frame": frame,
                "take_toasts": tuple,
                "csrf_token": token,
                "csrf_input": Input(token, member_id),
                "as_member": member_id,
                **dict(context),
                **marks,
            }
        )
    )
    return Kept(tuple(_MARK.split(html)), tuple(_MARK.findall(html)))
