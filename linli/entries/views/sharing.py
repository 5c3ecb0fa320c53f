from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from linli.entries import reads
from linli.look.answers import page
from linli.people.doors import community_page
from linli.people.models import Community, Member


@require_safe
@community_page
def share(request: HttpRequest, community: Community, member: Member | None, pk: int) -> HttpResponse:
    """The link to pass on, and a sheet with a QR code for the notice board downstairs."""
    entry = reads.entry_shown(community, member, pk)
    address = f"/c/{community.slug}/entries/{pk}/"
    context = {
        "entry": entry,
        "slug": community.slug,
        "name": community.name,
        "town": reads.town_of(community),
        "url_of_entry": address,
        "link": request.build_absolute_uri(address),
        "is_for_all": entry.reach == "public" and community.is_public,
    }
    return page(request, "entries/share.html", context)
