"""A guard against forms of an old tab, drawn before the helper began or stopped acting."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from linli.helping.views.acting import name_changed
from linli.look.csrf import AS_FIELD, AS_HEADER
from linli.people.visits import ACTING_KEY

_SWITCHES = ("/helping/stop/", "/start/")


class OneNameGuard:
    """Middleware: what was typed under one name is not sent under another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> HttpResponse | None:
        visit = request.visit
        # Only who has ever acted in this session can have such a tab.
        if request.method != "POST" or visit.member is None or ACTING_KEY not in request.session:
            return None
        drawn_for = request.headers.get(AS_HEADER) or request.POST.get(AS_FIELD)
        if drawn_for is None or drawn_for == str(visit.member.pk) or request.path.endswith(_SWITCHES):
            return None
        return name_changed(request)
