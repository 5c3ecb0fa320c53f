"""On a neighbour's page: their posts off my board, or on it again."""

from __future__ import annotations

from django.http import HttpRequest
from markupsafe import Markup

from linli.look.answers import render
from linli.people import panels
from linli.people.models import Member
from linli.talk import reads


def _muting(request: HttpRequest, viewer: Member | None, member: Member) -> Markup:
    if viewer is None or viewer.pk == member.pk or viewer.helper or "before" in request.GET:
        return Markup()
    context = {
        "url": f"/c/{viewer.community.slug}/people/{member.pk}/mute/",
        "name": member.name,
        "is_muted": reads.is_muted(viewer, member),
    }
    return Markup(render(request, "talk/_muting.html", context))  # noqa: S704  (our template)


panels.register("muting", _muting, position=90)
