"""One home: who owned it and who lived there, on any day asked about."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.homes import actions, reads
from linli.homes.areas import area_text
from linli.homes.days import day_of
from linli.homes.forms import EndTitleForm, OccupancyForm, TitleForm, UnitForm, day_asked
from linli.homes.models import Occupancy, Title, Unit
from linli.homes.views.register import office_page
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import clean_line, row_id
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import steward_page
from linli.people.models import Member
from linli.people.roles import Role


def _home(member: Member, pk: int) -> str:
    return reverse("homes:home", args=[member.community.slug, pk])


def _show(
    request: HttpRequest,
    member: Member,
    unit: Unit,
    now: datetime,
    *,
    title_form: TitleForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    today = day_of(member.community, now)
    day = day_asked(request.GET.get("on", ""), today)
    context = {
        "page": reads.home_page(unit, day=day),
        "today": today,
        "slug": member.community.slug,
        "is_steward": member.has_role(Role.STEWARD),
        "title_form": title_form or TitleForm(initial={"since": today}),
        "refusal": refusal,
        "is_title_wrong": title_form is not None,
    }
    return page(request, "homes/home.html", context, status=422 if title_form else 200)


@require_safe
@office_page
def home(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    return _show(request, member, reads.home_or_404(member.community_id, pk), timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def home_edit(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    unit = reads.home_or_404(member.community_id, pk)
    initial = {"name": unit.name, "floor": unit.floor, "area": area_text(unit.area), "kind": unit.kind}
    form = UnitForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal = None
    if form.is_valid():
        try:
            actions.edit_unit(by=member, unit=unit, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Saved."))
            return HttpResponseRedirect(_home(member, pk), status=303)
    context = {"form": form, "refusal": refusal, "title": _("Change the home"), "back": _home(member, pk)}
    return page(request, "homes/name.html", context, status=422 if form.errors or refusal else 200)


@require_POST
@steward_page
def home_removal(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    unit = reads.home_or_404(member.community_id, pk)
    try:
        actions.remove_unit(by=member, unit=unit, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
        return HttpResponseRedirect(_home(member, pk), status=303)
    toast(request, _("%(name)s has been removed.") % {"name": unit.name})
    address = reverse("homes:building", args=[member.community.slug, unit.entrance.building_id])
    return HttpResponseRedirect(address, status=303)


@require_POST
@steward_page
def title_new(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    unit, now = reads.home_or_404(member.community_id, pk), timezone.now()
    form = TitleForm(request.POST)
    refusal = None
    if form.is_valid():
        try:
            actions.record_title(by=member, unit=unit, now=now, **form.cleaned_data)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("The owner has been written down."))
            return HttpResponseRedirect(_home(member, pk), status=303)
    return _show(request, member, unit, now, title_form=form, refusal=refusal)


def _title(member: Member, pk: int) -> Title:
    mine = Title.objects.filter(unit__entrance__building__community_id=member.community_id)
    if (found := mine.select_related("unit").filter(pk=pk).first()) is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def title_end(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    title, now = _title(member, pk), timezone.now()
    initial = {"until": title.until or day_of(member.community, now)}
    form = EndTitleForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal = None
    if form.is_valid():
        try:
            actions.end_title(by=member, title=title, until=form.cleaned_data["until"], now=now)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Saved."))
            return HttpResponseRedirect(_home(member, title.unit_id), status=303)
    heading = _("%(name)s no longer owns it") % {"name": title.owner_name}
    context = {"form": form, "refusal": refusal, "title": heading, "back": _home(member, title.unit_id)}
    return page(request, "homes/name.html", context, status=422 if form.errors or refusal else 200)


@require_POST
@steward_page
def title_removal(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    title = _title(member, pk)
    actions.remove_title(by=member, title=title, now=timezone.now())
    toast(request, _("Removed, as if it had never been written."))
    return HttpResponseRedirect(_home(member, title.unit_id), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page
def occupancy_new(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Who lives here: find the member by name, then say since when and how one knows."""
    unit, now = reads.home_or_404(member.community_id, pk), timezone.now()
    search = clean_line(request.GET.get("q", ""), 32)
    chosen = request.POST.get("member", "")
    candidates = reads.residents_to_choose(member.community_id, search, chosen=row_id(chosen) or 0)
    form = OccupancyForm(
        request.POST if request.method == "POST" else None,
        members=candidates,
        initial={"since": day_of(member.community, now)},
    )
    refusal = None
    if form.is_valid():
        given = dict(form.cleaned_data)
        resident = Member.objects.select_related("community").get(pk=given.pop("member"))
        try:
            actions.move_in(by=member, unit=unit, member=resident, now=now, **given)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("%(name)s belongs to this home now.") % {"name": resident.name})
            return HttpResponseRedirect(_home(member, pk), status=303)
    context = {
        "form": form,
        "refusal": refusal,
        "label": reads.label(unit.entrance.building.name, unit.entrance.name, unit.name),
        "search": search,
        "candidates": candidates,
        "home": _home(member, pk),
    }
    return page(request, "homes/occupancy.html", context, status=422 if form.errors or refusal else 200)


@require_POST
@office_page
def occupancy_end(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    rows = Occupancy.objects.select_related("member").filter(unit__entrance__building__community_id=member.community_id)
    occupancy = rows.filter(pk=pk).first()
    if occupancy is None:
        raise Http404
    actions.end_occupancy(by=member, occupancy=occupancy, now=timezone.now())
    toast(request, _("%(name)s no longer belongs to this home.") % {"name": occupancy.member.name})
    return HttpResponseRedirect(_home(member, occupancy.unit_id), status=303)
