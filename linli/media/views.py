from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from linli.media import reads
from linli.media.sending import send
from linli.people.doors import account_page, community_page
from linli.people.models import Community, Member, Person


@account_page
def own_picture(request: HttpRequest, person: Person, pk: int, size: int) -> HttpResponse:
    """A picture that is in no entry yet, for the one who sent it."""
    name = reads.own_picture_name(person, pk)
    if name is None:
        raise Http404
    return send(request, name, size)


@community_page
def portrait(
    request: HttpRequest, community: Community, member: Member | None, pk: int, name: str, size: int
) -> HttpResponse:
    if not Member.objects.filter(pk=pk, community=community, portrait=name).exists():
        raise Http404
    return send(request, name, size)


@community_page
def community_picture(
    request: HttpRequest, community: Community, member: Member | None, name: str, size: int
) -> HttpResponse:
    if community.picture != name:
        raise Http404
    return send(request, name, size, is_public=community.is_public)
