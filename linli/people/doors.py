"""Doors: who may enter a page at all. Every view has one; a test walks all addresses and checks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from linli.people.roles import Role
from linli.people.seen import note_seen

View = Callable[..., HttpResponse]


def _named(view: View, door: str) -> View:
    view.door = door  # type: ignore[attr-defined]
    return view


def _to_log_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
    address = f"/account/login/?next={quote(back, safe='/')}"
    if request.headers.get("HX-Request"):
        # htmx follows redirects inside the part; this header moves the whole page instead.
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def public_page(view: View) -> View:
    """Anybody may enter."""
    return _named(view, "public")


def account_page(view: View) -> View:
    """People who are logged in; the view gets the person."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.visit.person is None:
            return _to_log_in(request)
        return view(request, request.visit.person, *args, **kwargs)

    return _named(door, "account")


def operator_page(view: View) -> View:
    """Operators of the server; for everybody else the page does not exist."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = request.visit.person
        if person is None:
            return _to_log_in(request)
        if not person.is_operator:
            raise Http404
        return view(request, person, *args, **kwargs)

    return _named(door, "operator")


def community_page(view: View) -> View:
    """Members, and anybody where the community is public; the view gets the community and the member or None."""

    @wraps(view)
    def door(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = request.visit
        if visit.community is None:
            raise Http404
        if visit.member is None and not visit.community.is_public:
            # A stranger learns as little of a closed community as of one that does not exist.
            if visit.person is None:
                return _to_log_in(request)
            raise Http404
        if visit.member:
            note_seen(visit.member)
        return view(request, visit.community, visit.member, *args, **kwargs)

    return _named(door, "community")


def member_page(*roles: Role) -> Callable[[View], View]:
    """Members, with at least one of the roles if any are named; the view gets the member."""
    needed = 0
    for role in roles:
        needed |= role

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            member = request.visit.member
            if request.visit.person is None:
                return _to_log_in(request)
            if member is None or (needed and not member.has_role(needed)):
                raise Http404
            if needed and member.helper:
                # A mandate covers what a resident does, never an office.
                raise Http404
            note_seen(member)
            return view(request, member, *args, **kwargs)

        return _named(door, "member" if not roles else "+".join(r.name.lower() for r in roles if r.name))

    return decorate


steward_page = member_page(Role.STEWARD)
