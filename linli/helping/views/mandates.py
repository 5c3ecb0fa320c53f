"""Give, accept and end mandates; one's own code to show."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.helping import actions, reads
from linli.helping.forms import MandateForm
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import clean_line, row_id
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import member_page
from linli.people.models import Member
from linli.people.reads import directory, lines
from linli.people.rules import HELPER_MAY_NOT


def helping_answer(
    request: HttpRequest, member: Member, *, refusal: Refusal | None = None, now: datetime
) -> HttpResponse:
    context = {
        "member": member,
        "slug": member.community.slug,
        "helping": reads.helping_page(member, now=now),
        "refusal": refusal,
        "is_ended": "ended" in request.GET and member.helper is None,
        "is_changed": "changed" in request.GET,
        "here": "helping",
    }
    return page(request, "helping/helping.html", context, status=422 if refusal else 200)


@require_safe
@member_page()
def helping(request: HttpRequest, member: Member) -> HttpResponse:
    """Who helps me, whom I help."""
    return helping_answer(request, member, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def new(request: HttpRequest, member: Member) -> HttpResponse:
    """First the helper, found by name or code; then what for, and until when."""
    now = timezone.now()
    helper_id = row_id(request.POST.get("helper") or request.GET.get("helper"))
    if helper_id is None:
        return _choose(request, member)
    line = lines(member, [helper_id]).get(helper_id)
    helper = Member.objects.present().filter(pk=helper_id, community_id=member.community_id).first()
    if line is None or helper is None:
        raise Http404
    zone = ZoneInfo(member.community.time_zone)
    form = MandateForm(request.POST if request.method == "POST" else None, zone=zone, now=now)
    refusal = HELPER_MAY_NOT if member.helper else None
    if request.method == "POST" and form.is_valid() and not refusal:
        try:
            actions.give(
                by=member,
                helper=helper,
                topics=form.cleaned_data["topics"],
                ends_at=form.cleaned_data["ends_at"],
                now=now,
            )
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(
                request,
                _("%(name)s has been asked, and can help as soon as the answer is yes.") % {"name": helper.name},
            )
            return HttpResponseRedirect(f"/c/{member.community.slug}/helping/", status=303)
    is_wrong = refusal is not None or bool(form.errors)
    context = {
        "slug": member.community.slug,
        "helper": line,
        "form": form,
        "topics": form.offered,
        "refusal": refusal,
        "is_acting": member.helper is not None,
        "here": "helping",
    }
    return page(request, "helping/new.html", context, status=422 if is_wrong else 200)


def _choose(request: HttpRequest, member: Member) -> HttpResponse:
    words = clean_line(request.GET.get("q", ""), 32)
    found = directory(member, words=words, after=row_id(request.GET.get("after"))) if words else None
    context = {
        "slug": member.community.slug,
        "q": words,
        "found": found,
        "me": member,
        "refusal": HELPER_MAY_NOT if member.helper else None,
        "here": "helping",
    }
    is_wrong = request.method == "POST" or member.helper is not None
    return page(request, "helping/choose.html", context, status=422 if is_wrong else 200)


@require_safe
@member_page()
def code(request: HttpRequest, member: Member) -> HttpResponse:
    """The helper shows this; the elder's telephone reads it and opens the form."""
    own = member.helper or member
    address = request.build_absolute_uri(f"/c/{member.community.slug}/helping/new/?helper={own.pk}")
    context = {"slug": member.community.slug, "name": own.name, "address": address, "here": "helping"}
    return page(request, "helping/code.html", context)


@require_POST
@member_page()
def accept(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    now = timezone.now()
    mandate = reads.mandate_or_404(member, pk)
    try:
        actions.accept(by=member, mandate=mandate, now=now)
    except Refused as refused:
        return helping_answer(request, member, refusal=refused.refusal, now=now)
    toast(request, _("Thank you. You can now act for %(name)s.") % {"name": mandate.member.name})
    return HttpResponseRedirect(f"/c/{member.community.slug}/helping/", status=303)


@require_POST
@member_page()
def end(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    now = timezone.now()
    mandate = reads.mandate_or_404(member, pk)
    try:
        actions.end(by=member, mandate=mandate, now=now)
    except Refused as refused:
        return helping_answer(request, member, refusal=refused.refusal, now=now)
    toast(request, _("The mandate has ended. It no longer opens anything."))
    way = "helping/" if member.pk in (mandate.member_id, mandate.helper_id) else "helping/paper/"
    return HttpResponseRedirect(f"/c/{member.community.slug}/{way}", status=303)
