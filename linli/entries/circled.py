"""What stands on a circle's page: what its members wrote to it, a page at a time."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from markupsafe import Markup

from linli.circles import panels
from linli.entries import reads
from linli.entries.reads import Show, Wish
from linli.kernel.text import row_id
from linli.look.answers import render
from linli.people.models import Member


def _written(request: HttpRequest, member: Member, circle_id: int) -> Markup:
    wish = Wish(Show.CIRCLE, circle_id, row_id(request.GET.get("before")))
    feed = reads.member_feed(member, language=request.visit.language, wish=wish, now=timezone.now())
    context = {
        "feed": feed,
        "more_url": f"{request.path}?before={feed.before}" if feed.before else "",
        "is_first": wish.before is None,
        "first_url": request.path,
    }
    return Markup(render(request, "entries/_circle.html", context))  # noqa: S704  (our template)


panels.register("entries", _written, position=10)
