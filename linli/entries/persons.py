"""What somebody has written, on their page."""

from __future__ import annotations

from django.http import HttpRequest
from markupsafe import Markup

from linli.entries import reads
from linli.kernel.text import row_id
from linli.look.answers import is_part, render
from linli.people import panels
from linli.people.models import Member


def _written(request: HttpRequest, viewer: Member | None, member: Member) -> Markup:
    before = row_id(request.GET.get("before"))
    language = request.visit.language
    if viewer:
        feed = reads.author_feed(viewer, member.pk, language=language, before=before)
    else:
        feed = reads.public_author_feed(member.community, member.pk, language=language, before=before)
    if not feed.cards:
        return Markup()
    slug = member.community.slug
    context = {
        "cards": feed.cards,
        "more_url": f"/c/{slug}/people/{member.pk}/?before={feed.before}" if feed.before else "",
        "name": member.name,
    }
    template = "entries/_cards.html" if is_part(request) and before else "entries/_written.html"
    return Markup(render(request, template, context))  # noqa: S704  (rendered and escaped by our templates)


panels.register("written", _written, position=10)
