"""What packages above this one put on a circle's page: what was written to it, later its dates or its chat."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from markupsafe import Markup

from linli.people.models import Member

# (request, one who may read what the circle writes, circle id) → HTML, empty where there is nothing.
Panel = Callable[[HttpRequest, Member, int], Markup]
_PANELS: dict[str, tuple[int, Panel]] = {}


def register(key: str, panel: Panel, *, position: int) -> None:
    _PANELS[key] = (position, panel)


def panels_for(request: HttpRequest, member: Member, circle_id: int) -> tuple[Markup, ...]:
    drawn = (panel(request, member, circle_id) for _position, panel in sorted(_PANELS.values(), key=lambda row: row[0]))
    return tuple(html for html in drawn if html)
