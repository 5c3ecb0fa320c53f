"""What helpers did: on the screen, on paper, and taken back."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.helping import actions, reads
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import row_id
from linli.look.answers import is_part, page, part
from linli.look.toasts import toast
from linli.people.doors import member_page
from linli.people.models import Member
from linli.people.roles import Role

PRINTED_DAYS = 92


@require_safe
@member_page()
def acts(request: HttpRequest, member: Member) -> HttpResponse:
    return _acts_answer(request, member)


def _acts_answer(request: HttpRequest, member: Member, refusal: Refusal | None = None) -> HttpResponse:
    # While acting, the helper sees their own acts; what other helpers did is the member's matter.
    found = reads.acts_of(
        member,
        viewer=member,
        before=row_id(request.GET.get("before")),
        helper=member.helper,
        now=timezone.now(),
    )
    context = {"slug": member.community.slug, "member": member, "acts": found, "refusal": refusal, "here": "helping"}
    if is_part(request) and "before" in request.GET:
        return part(request, "helping/_acts.html", context)
    return page(request, "helping/acts.html", context, status=422 if refusal else 200)


@require_POST
@member_page()
def undo(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    try:
        actions.undo(by=member, fact_id=pk, now=timezone.now())
    except Refused as refused:
        return _acts_answer(request, member, refused.refusal)
    toast(request, _("Taken back."))
    return HttpResponseRedirect(f"/c/{member.community.slug}/helping/acts/", status=303)


@require_safe
@member_page()
def printed(request: HttpRequest, member: Member) -> HttpResponse:
    """The last three months on paper."""
    return _printed(request, member, viewer=member)


@require_safe
@member_page(Role.COMMITTEE, Role.PROPERTY, Role.STEWARD)
def printed_for(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The office prints it for somebody without a telephone, whose consent it keeps on paper."""
    return _printed(request, reads.acted_for_or_404(member, pk), viewer=member)


def _printed(request: HttpRequest, member: Member, *, viewer: Member) -> HttpResponse:
    now = timezone.now()
    since = now - timedelta(days=PRINTED_DAYS)
    found = reads.acts_of(member, viewer=viewer, helper=member.helper, since=since, is_printed=True, now=now)
    context = {
        "slug": viewer.community.slug,
        "name": member.name,
        "is_for_another": viewer.pk != member.pk,
        "community": viewer.community.name,
        "acts": found,
        "since": since,
        "now": now,
        "here": "helping",
    }
    return page(request, "helping/printed.html", context)
