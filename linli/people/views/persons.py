"""The directory, a person's page, and not wanting to see somebody."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import clean_line, row_id
from linli.look.answers import is_part, page, part
from linli.look.toasts import toast
from linli.people import actions, reads
from linli.people.doors import community_page, member_page
from linli.people.models import Community, Member
from linli.people.panels import panels_for


@require_safe
@member_page()
def people(request: HttpRequest, member: Member) -> HttpResponse:
    """Everybody who belongs, by name; a part of the name finds them."""
    words = clean_line(request.GET.get("q", ""), 32)
    building = row_id(request.GET.get("building"))
    found = reads.directory(member, words=words, building_id=building, after=row_id(request.GET.get("after")))
    asked = {key: value for key, value in (("q", words), ("building", building)) if value}
    context = {
        "slug": member.community.slug,
        "word": member.community.word("members", _("Members")),
        "found": found,
        "q": words,
        "building": building,
        "more_url": f"?{urlencode(asked | {'after': found.after})}" if found.after else "",
        "here": "people",
    }
    if is_part(request) and "after" in request.GET:
        return part(request, "people/_lines.html", context)
    return page(request, "people/people.html", context)


@require_safe
@community_page
def person(request: HttpRequest, community: Community, member: Member | None, pk: int) -> HttpResponse:
    return _person_answer(request, community, member, reads.member_or_404(community, pk))


def _person_answer(
    request: HttpRequest, community: Community, viewer: Member | None, shown: Member, refusal: Refusal | None = None
) -> HttpResponse:
    profile = reads.profile_for(viewer, shown)
    # A page of a blocked person has the way back, and nothing they wrote.
    panels = () if profile.is_blocked else panels_for(request, viewer, shown)
    if is_part(request) and "before" in request.GET:
        return HttpResponse(Markup("").join(panels))
    if viewer is None and not profile.has_fields and not panels:
        # Strangers cannot count through the names of those who show nothing outside.
        raise Http404
    context = {
        "slug": community.slug,
        "profile": profile,
        "panels": panels,
        "may_block": viewer is not None and viewer.helper is None and viewer.pk != shown.pk,
        "is_member": viewer is not None,
        "refusal": refusal,
        "here": "people",
    }
    return page(request, "people/person.html", context, status=422 if refusal else 200)


@require_POST
@member_page()
def block(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    shown = reads.member_or_404(member.community, pk)
    try:
        actions.block(by=member, member=shown, now=timezone.now())
    except Refused as refused:
        return _person_answer(request, member.community, member, shown, refused.refusal)
    toast(request, _("You no longer see %(name)s here. They are not told.") % {"name": shown.name})
    return HttpResponseRedirect(f"/c/{member.community.slug}/people/{pk}/", status=303)


@require_POST
@member_page()
def unblock(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    shown = reads.member_or_404(member.community, pk)
    try:
        actions.unblock(by=member, member=shown, now=timezone.now())
    except Refused as refused:
        return _person_answer(request, member.community, member, shown, refused.refusal)
    toast(request, _("You see %(name)s again.") % {"name": shown.name})
    return HttpResponseRedirect(f"/c/{member.community.slug}/people/{pk}/", status=303)


@require_safe
@member_page()
def blocked(request: HttpRequest, member: Member) -> HttpResponse:
    """Whom I do not want to see; a helper does not see this list."""
    if member.helper:
        raise Http404
    context = {"slug": member.community.slug, "lines": reads.blocked_by(member), "here": "people"}
    return page(request, "people/blocked.html", context)
