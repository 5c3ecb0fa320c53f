from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from linli.look.answers import page
from linli.people.doors import member_page, steward_page
from linli.people.models import Member
from linli.people.roles import Role
from linli.stewards import reads

office_page = member_page(Role.STEWARD, Role.COMMITTEE, Role.PROPERTY)


@require_safe
@office_page
def desk(request: HttpRequest, member: Member) -> HttpResponse:
    """What waits, how the community stands, and where everything is kept."""
    context = {
        "desk": reads.desk(member.community, now=timezone.now()),
        "slug": member.community.slug,
        "is_steward": member.has_role(Role.STEWARD),
        "may_answer": member.has_role(Role.STEWARD | Role.COMMITTEE),
    }
    return page(request, "stewards/desk.html", context)


@require_safe
@steward_page
def next_steps(request: HttpRequest, member: Member) -> HttpResponse:
    """The page after founding: what a young community needs, in order."""
    context = {
        "desk": reads.desk(member.community, now=timezone.now()),
        "community": member.community.name,
        "slug": member.community.slug,
    }
    return page(request, "stewards/next.html", context)
