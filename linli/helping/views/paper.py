"""For the office: consents on paper, and people without a telephone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.helping import actions, reads
from linli.helping.forms import EnrolForm, PaperForm
from linli.kernel.refusals import Refused
from linli.kernel.text import clean_line, row_id
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people import places
from linli.people.doors import member_page
from linli.people.models import Member
from linli.people.reads import directory, lines
from linli.people.roles import Role

office_page = member_page(Role.COMMITTEE, Role.PROPERTY, Role.STEWARD)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page
def paper(request: HttpRequest, member: Member) -> HttpResponse:
    """Who consents, who helps, what for; one question after the other, each address complete in itself."""
    given = request.POST if request.method == "POST" else request.GET
    elder_id, helper_id = row_id(given.get("member")), row_id(given.get("helper"))
    people = lines(member, [pk for pk in (elder_id, helper_id) if pk])
    if any(pk and pk not in people for pk in (elder_id, helper_id)):
        raise Http404
    if elder_id is None or helper_id is None:
        return _choose(request, member, elder_id)
    return _record(request, member, elder_id, helper_id)


def _choose(request: HttpRequest, member: Member, elder_id: int | None) -> HttpResponse:
    words = clean_line(request.GET.get("q", ""), 32)
    people = lines(member, [elder_id] if elder_id else [])
    context = {
        "slug": member.community.slug,
        "elder": people.get(elder_id or 0),
        "q": words,
        "found": directory(member, words=words) if words else None,
        "mandates": () if elder_id else reads.paper_mandates(member, now=timezone.now()),
        "here": "helping",
    }
    return page(request, "helping/paper.html", context, status=422 if request.method == "POST" else 200)


def _record(request: HttpRequest, member: Member, elder_id: int, helper_id: int) -> HttpResponse:
    now = timezone.now()
    zone = ZoneInfo(member.community.time_zone)
    form = PaperForm(request.POST if request.method == "POST" else None, zone=zone, now=now)
    refusal = None
    if request.method == "POST" and form.is_valid():
        here = {row.pk: row for row in Member.objects.filter(pk__in=(elder_id, helper_id))}
        values = form.cleaned_data
        try:
            actions.record_paper(
                by=member,
                member=here[elder_id],
                helper=here[helper_id],
                topics=values["topics"],
                ends_at=values["ends_at"],
                evidence=values["evidence"],
                now=now,
            )
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Recorded. The helper is asked to accept."))
            return HttpResponseRedirect(f"/c/{member.community.slug}/helping/paper/", status=303)
    people = lines(member, [elder_id, helper_id])
    context = {
        "slug": member.community.slug,
        "elder": people[elder_id],
        "helper": people[helper_id],
        "form": form,
        "topics": form.offered,
        "refusal": refusal,
        "here": "helping",
    }
    return page(request, "helping/record.html", context, status=422 if refusal or form.errors else 200)


@require_safe
@office_page
def sheet(request: HttpRequest, member: Member) -> HttpResponse:
    """The sheet to sign, in both languages; with names, or blank."""
    context = {
        "slug": member.community.slug,
        "community": member.community.name,
        "sheet": reads.sheet_for(
            member,
            member_id=row_id(request.GET.get("member")),
            helper_id=row_id(request.GET.get("helper")),
        ),
        "here": "helping",
    }
    return page(request, "helping/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page
def enrol(request: HttpRequest, member: Member) -> HttpResponse:
    """Register somebody who has no telephone, then go on to their consent."""
    buildings = [(str(place.building_id), place.building) for place in places.buildings_of(member.community_id)]
    form = EnrolForm(request.POST if request.method == "POST" else None, buildings=buildings)
    refusal = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        unit = None
        if values.get("building") or values.get("home"):
            building_id = row_id(values.get("building")) or 0
            unit = reads.find_unit(member.community_id, building_id, values.get("home", ""))
            if unit is None:
                form.add_error("home", _("There is no such home in this building, or more than one."))
        if not form.errors:
            try:
                elder = actions.enrol(
                    by=member,
                    name=values["name"],
                    unit=unit,
                    kind=values.get("kind") or "owner",
                    evidence=values["evidence"],
                    now=timezone.now(),
                )
            except Refused as refused:
                refusal = refused.refusal
            else:
                toast(request, _("%(name)s now belongs, without a log-in.") % {"name": elder.name})
                return HttpResponseRedirect(f"/c/{member.community.slug}/helping/paper/?member={elder.pk}", status=303)
    context = {"slug": member.community.slug, "form": form, "refusal": refusal, "here": "helping"}
    return page(request, "helping/enrol.html", context, status=422 if refusal or form.errors else 200)
