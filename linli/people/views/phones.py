from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from linli.look.answers import page
from linli.people import reads
from linli.people.doors import community_page
from linli.people.models import Community, Member
from linli.people.roles import Role


@require_safe
@community_page
def phones(request: HttpRequest, community: Community, member: Member | None) -> HttpResponse:
    """The numbers residents need, as buttons that dial."""
    context = {
        "slug": community.slug,
        "contacts": reads.contacts_of(community),
        "may_change": member is not None and member.has_role(Role.STEWARD) and not member.helper,
        "here": "phones",
    }
    return page(request, "people/phones.html", context)
