"""What other packages add to a person's page (what they wrote, later their honours or offers), and to one's own
account page (for whom one may act)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from markupsafe import Markup

from linli.people.models import Member, Person

# (request, viewer or None for strangers, the member shown) → HTML, empty where there is nothing this viewer may see.
Panel = Callable[[HttpRequest, Member | None, Member], Markup]
_PANELS: dict[str, tuple[int, Panel]] = {}
# (request, the person whose account it is) → HTML, empty where there is nothing to say.
OwnPanel = Callable[[HttpRequest, Person], Markup]
_OWN: dict[str, tuple[int, OwnPanel]] = {}


def register(key: str, panel: Panel, *, position: int) -> None:
    _PANELS[key] = (position, panel)


def panels_for(request: HttpRequest, viewer: Member | None, member: Member) -> tuple[Markup, ...]:
    drawn = (panel(request, viewer, member) for _position, panel in sorted(_PANELS.values(), key=lambda row: row[0]))
    return tuple(html for html in drawn if html)


def register_own(key: str, panel: OwnPanel, *, position: int) -> None:
    _OWN[key] = (position, panel)


def own_panels_for(request: HttpRequest, person: Person) -> tuple[Markup, ...]:
    drawn = (panel(request, person) for _position, panel in sorted(_OWN.values(), key=lambda row: row[0]))
    return tuple(html for html in drawn if html)
