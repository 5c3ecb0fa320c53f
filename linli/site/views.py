from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from linli.entries.views import feed
from linli.look.answers import page
from linli.people.doors import community_page, member_page, public_page
from linli.people.models import Community, Member
from linli.site import reads
from linli.site.services import services_for


@require_safe
@public_page
def landing(request: HttpRequest) -> HttpResponse:
    """The first page of the server: one's communities, the public ones, and the ways in."""
    person = request.visit.person
    mine = reads.communities_of(person) if person else ()
    if len(mine) == 1 and "all" not in request.GET:
        # Somebody with one community wants that one.
        return HttpResponseRedirect(f"/c/{mine[0].slug}/")
    slugs = {row.slug for row in mine}
    others = tuple(row for row in reads.public_communities() if row.slug not in slugs)
    return page(request, "site/landing.html", {"mine": mine, "others": others, "here": "home"})


@require_safe
@member_page()
def services(request: HttpRequest, member: Member) -> HttpResponse:
    """Everything one can do here, by purpose."""
    return page(request, "site/services.html", {"groups": services_for(member), "here": "services"})


@require_safe
@community_page
def home(request: HttpRequest, community: Community, member: Member | None) -> HttpResponse:
    """The front of a community: the board, or for those who see it large a few big doors."""
    # An address that names a part of the board means the board.
    if member is None or request.visit.size == "standard" or {"show", "section", "before"} & request.GET.keys():
        return feed(request, slug=community.slug)
    start = reads.elder_start(member, now=timezone.now())
    return page(request, "site/elder_home.html", {"community": community, "start": start, "here": "home"})
