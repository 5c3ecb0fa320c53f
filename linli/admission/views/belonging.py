"""For those who belong: the welcome, the rules in force, and one's own household."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from linli.admission import actions
from linli.admission.models import Letter
from linli.admission.reads import letters
from linli.homes import actions as homes
from linli.homes import reads as homes_reads
from linli.homes.models import Occupancy
from linli.kernel.markdown import render
from linli.kernel.refusals import Refused
from linli.kernel.text import row_id
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people import actions as people
from linli.people.doors import member_page
from linli.people.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def agreement(request: HttpRequest, member: Member) -> HttpResponse:
    """The rules in force; who has not accepted them yet does so here."""
    community = member.community
    refusal = None
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            people.accept_agreement(by=member, version=row_id(version) or 0, now=timezone.now())
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Thank you. You have accepted the rules."))
            return HttpResponseRedirect(f"/c/{community.slug}/", status=303)
    context = {
        "rules": Markup(render(community.rules)),  # noqa: S704  (render cleans)
        "version": community.agreement_version,
        "is_accepted": member.agreed_version >= community.agreement_version,
        "is_first": member.agreed_version == 0,
        "slug": community.slug,
        "refusal": refusal,
    }
    return page(request, "admission/agreement.html", context, status=422 if refusal else 200)


@require_safe
@member_page()
def my_homes(request: HttpRequest, member: Member) -> HttpResponse:
    context = {"households": letters.households(member, now=timezone.now()), "slug": member.community.slug}
    return page(request, "admission/my_homes.html", context)


@require_POST
@member_page()
def family_new(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """An invitation for one more person of the household."""
    unit = homes_reads.home_or_404(member.community_id, pk)
    if not Occupancy.objects.current().filter(unit=unit, member=member).exists():
        raise Http404
    try:
        letter = actions.invite_family(by=member, unit=unit, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
        address = reverse("admission:my_homes", args=[member.community.slug])
    else:
        address = reverse("admission:family", args=[member.community.slug, letter.pk])
    return HttpResponseRedirect(address, status=303)


@never_cache
@require_safe
@member_page()
def family(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    context = {
        "letter": letters.family_letter_or_404(member, pk, now=timezone.now()),
        "slug": member.community.slug,
    }
    return page(request, "admission/family.html", context)


@require_POST
@member_page()
def family_end(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = Letter.objects.filter(pk=pk, invited_by=member).first()
    if found is None:
        raise Http404
    actions.revoke_letter(by=member, letter=found, now=timezone.now())
    toast(request, _("The invitation has ended."))
    return HttpResponseRedirect(reverse("admission:my_homes", args=[member.community.slug]), status=303)


@require_POST
@member_page()
def moving_out(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """I no longer live there."""
    mine = Occupancy.objects.select_related("member").filter(pk=pk, member=member).first()
    if mine is None:
        raise Http404
    try:
        homes.end_occupancy(by=member, occupancy=mine, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
    else:
        toast(request, _("You no longer belong to this home."))
    return HttpResponseRedirect(reverse("admission:my_homes", args=[member.community.slug]), status=303)
