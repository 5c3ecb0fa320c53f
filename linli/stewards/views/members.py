from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import clean_line, row_id
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people import actions
from linli.people.doors import steward_page
from linli.people.models import Member
from linli.people.roles import ROLE_NAMES, Role
from linli.stewards import reads
from linli.stewards.forms import RolesForm


@require_safe
@steward_page
def members(request: HttpRequest, member: Member) -> HttpResponse:
    search = clean_line(request.GET.get("q", ""), 60)
    role = row_id(request.GET.get("role")) or 0
    found = reads.members_page(
        member.community, search=search, role=role & 63, before=row_id(request.GET.get("before"))
    )
    query = {"q": search, "role": role or "", "before": found.next_before or ""}
    context = {
        "page": found,
        "search": search,
        "role": role,
        "roles": [(int(key), name) for key, name in ROLE_NAMES.items() if key != Role.RESIDENT],
        "next_url": f"?{urlencode(query)}" if found.next_before else "",
        "slug": member.community.slug,
    }
    return page(request, "stewards/members.html", context)


def _show(
    request: HttpRequest,
    viewer: Member,
    found: Member,
    form: RolesForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    shown = reads.member_page(found, viewer=viewer)
    held = [str(int(role)) for role in ROLE_NAMES if role & found.roles]
    context = {
        "page": shown,
        "form": form or RolesForm(initial={"roles": held}),
        "refusal": refusal,
        "slug": viewer.community.slug,
    }
    return page(request, "stewards/member.html", context, status=422 if refusal or form else 200)


@require_safe
@steward_page
def member_detail(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    return _show(request, member, reads.member_or_404(member.community_id, pk))


@require_POST
@steward_page
def member_roles(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = reads.member_or_404(member.community_id, pk)
    form = RolesForm(request.POST)
    refusal = None
    if form.is_valid():
        try:
            actions.change_roles(by=member, member=found, roles=form.cleaned_data["roles"], now=timezone.now())
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Saved."))
            # Who has just laid down their own stewardship may no longer see these pages.
            still = pk != member.pk or form.cleaned_data["roles"] & Role.STEWARD
            slug = member.community.slug
            address = reverse("stewards:member", args=[slug, pk]) if still else f"/c/{slug}/"
            return HttpResponseRedirect(address, status=303)
    return _show(request, member, found, form, refusal)


@require_POST
@steward_page
def member_removal(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = reads.member_or_404(member.community_id, pk)
    try:
        actions.remove(by=member, member=found, now=timezone.now())
    except Refused as refused:
        return _show(request, member, found, refusal=refused.refusal)
    toast(request, _("%(name)s no longer belongs to the community.") % {"name": found.name})
    return HttpResponseRedirect(reverse("stewards:members", args=[member.community.slug]), status=303)
