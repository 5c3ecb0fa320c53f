"""On one's own account page: for whom one may act, in whichever community."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from markupsafe import Markup

from linli.helping import reads
from linli.look.answers import render
from linli.people.models import Person
from linli.people.panels import register_own


def _helped(request: HttpRequest, person: Person) -> Markup:
    helped = reads.helped_by(person, now=timezone.now())
    if not helped:
        return Markup()
    return Markup(render(request, "helping/_helped.html", {"helped": helped}))  # noqa: S704  (our own template)


register_own("helping", _helped, position=10)
