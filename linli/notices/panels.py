"""What notices add to entries: a panel on the page, a button on the card."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone
from markupsafe import Markup

from linli.look.answers import render
from linli.notices import reads
from linli.people.models import Member


def panel(request: HttpRequest, entry_id: int, member: Member | None) -> Markup:
    """Until when it matters, “知道了”, and for those in office who has read it."""
    community = request.visit.community
    assert community  # an entry's page stands in its community
    view = reads.panel(entry_id, member, community.slug, now=timezone.now())
    return Markup(render(request, "notices/_panel.html", {"panel": view, "refusal": None}))  # noqa: S704  (our template)


def overlay(member: Member, entry_ids: Iterable[int]) -> dict[int, Markup]:
    """The button on cards this member has not confirmed."""
    return reads.card_buttons(member, list(entry_ids))
