"""One's own profile in one community, and how others see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.refusals import Refusal, Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people import actions, portraits, reads
from linli.people.doors import member_page
from linli.people.forms import ProfileForm
from linli.people.models import Member
from linli.people.portraits import portrait_url
from linli.people.reads import Relation
from linli.people.rules import refuse_helping

_FIELDS = ("name", "about", "phone", "email", "about_shown", "home_shown", "phone_shown", "email_shown")
_VIEWERS = {"building": Relation.BUILDING, "member": Relation.MEMBER, "stranger": Relation.STRANGER}


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def me(request: HttpRequest, member: Member) -> HttpResponse:
    whole = Member.objects.get(pk=member.pk)
    refusal = refuse_helping(is_helper=bool(member.helper), topics=member.mandate_topics, topic="profile")
    if request.method == "POST" and refusal is None:
        form = ProfileForm(request.POST, request.FILES, has_portrait=bool(whole.portrait))
        if form.is_valid():
            refusal = _save(request, member, form, timezone.now())
            if refusal is None:
                toast(request, _("Saved."))
                return HttpResponseRedirect(f"/c/{member.community.slug}/me/", status=303)
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal.message))
                refusal = None
    else:
        form = ProfileForm(initial={name: getattr(whole, name) for name in _FIELDS}, has_portrait=bool(whole.portrait))
    is_wrong = request.method == "POST"
    return page(request, "people/me.html", _context(member, whole, form, refusal), status=422 if is_wrong else 200)


def _context(member: Member, whole: Member, form: ProfileForm, refusal: Refusal | None) -> dict[str, Any]:
    whole.community = member.community
    may_edit = refuse_helping(is_helper=bool(member.helper), topics=member.mandate_topics, topic="profile") is None
    return {
        "slug": member.community.slug,
        "profile": reads.profile_for(member, whole),
        "portrait": portrait_url(member.community.slug, whole, 480),
        "takes_portraits": portraits.are_taken(),
        "form": form if may_edit else None,
        "refusal": refusal,
        "is_public": member.community.is_public,
        "is_acting": member.helper is not None,
        "here": "me",
    }


def _save(request: HttpRequest, member: Member, form: ProfileForm, now: datetime) -> Refusal | None:
    fields = {name: form.cleaned_data[name] for name in _FIELDS}
    try:
        if form.cleaned_data.get("portrait"):
            fields["portrait"] = portraits.take(form.cleaned_data["portrait"], member, now)
        elif form.cleaned_data.get("no_portrait"):
            fields["portrait"] = ""
        actions.edit_profile(by=member, now=now, **fields)
    except Refused as refused:
        return refused.refusal
    return None


@require_safe
@member_page()
def preview(request: HttpRequest, member: Member) -> HttpResponse:
    """“How others see me”: the same function that shows one to others."""
    viewer = request.GET.get("as", "")
    viewer = viewer if viewer in _VIEWERS else "member"
    whole = Member.objects.get(pk=member.pk)
    whole.community = member.community
    context = {
        "slug": member.community.slug,
        "profile": reads.preview(whole, _VIEWERS[viewer]),
        "viewer": viewer,
        "is_public": member.community.is_public,
        "here": "me",
    }
    return page(request, "people/preview.html", context)
