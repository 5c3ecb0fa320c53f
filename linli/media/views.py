from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from linli.media import reads
from linli.media.sending import send, send_enclosure
from linli.people.doors import community_page, member_page
from linli.people.models import Community, Member


@require_safe
@member_page()
def own_picture(request: HttpRequest, member: Member, pk: int, size: int) -> HttpResponse:
    """A picture that is in no entry yet, for the one who sent it."""
    name = reads.own_picture_name(member, pk)
    if name is None:
        raise Http404
    return send(request, name, size)


@require_safe
@member_page()
def own_enclosure(request: HttpRequest, member: Member, pk: int, suffix: str) -> HttpResponse:
    """A recording or file that is in no entry yet, for the one who sent it."""
    row = reads.own_enclosure_row(member, pk)
    if row is None:
        raise Http404
    return send_enclosure(request, row, suffix)


@require_safe
@community_page
def portrait(
    request: HttpRequest, community: Community, member: Member | None, pk: int, name: str, size: int
) -> HttpResponse:
    if not Member.objects.filter(pk=pk, community=community, portrait=name).exists():
        raise Http404
    return send(request, name, size)


@require_safe
@community_page
def community_picture(
    request: HttpRequest, community: Community, member: Member | None, name: str, size: int
) -> HttpResponse:
    if community.picture != name:
        raise Http404
    return send(request, name, size, is_public=community.is_public)
