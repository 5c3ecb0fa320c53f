from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.refusals import Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import member_page
from linli.people.models import Member
from linli.tips import actions, reads
from linli.tips.forms import MONTHS, SeriesForm, TipForm
from linli.tips.models import Tip


@require_safe
@member_page()
def index(request: HttpRequest, member: Member) -> HttpResponse:
    context = {"tips": reads.published(member), "slug": member.community.slug, "may_keep": reads.may_keep(member)}
    return page(request, "tips/list.html", {**context, "here": "tips"})


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def shelf(request: HttpRequest, member: Member) -> HttpResponse:
    """The year's tips, and whether and when they go out."""
    if not reads.may_keep(member):
        raise Http404
    now = timezone.now()
    if request.method == "POST":
        form = SeriesForm(request.POST)
        if form.is_valid():
            actions.change_series(by=member, now=now, **form.cleaned_data)
            on, off = _("Saved. The next tip goes out by itself."), _("Saved. No tips go out.")
            toast(request, on if form.cleaned_data["is_on"] else off)
            return HttpResponseRedirect(request.path, status=303)
        found = reads.shelf_of(member, language=request.visit.language, now=now)
    else:
        found = reads.shelf_of(member, language=request.visit.language, now=now)
        form = SeriesForm(initial={"is_on": found.is_on, "day": found.day, "hour": found.hour})
    context = {
        "shelf": found,
        "form": form,
        "months": dict(MONTHS),
        "slug": member.community.slug,
        "here": "tips",
    }
    return page(request, "tips/shelf.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def new(request: HttpRequest, member: Member) -> HttpResponse:
    if not reads.may_keep(member):
        raise Http404
    month = timezone.localtime().month
    form = TipForm(request.POST if request.method == "POST" else None, initial={"month": month})
    return _edited(request, member, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def edit(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    tip = reads.tip_or_404(member, pk)
    names = ("month", "title_zh", "body_zh", "title_en", "body_en")
    initial = {name: getattr(tip, name) for name in names}
    return _edited(request, member, TipForm(request.POST if request.method == "POST" else None, initial=initial), tip)


def _edited(request: HttpRequest, member: Member, form: TipForm, tip: Tip | None) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            actions.keep_tip(by=member, tip=tip, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal.message))
        else:
            toast(request, _("Kept on the shelf."))
            return HttpResponseRedirect(f"/c/{member.community.slug}/tips/shelf/", status=303)
    context = {"form": form, "tip": tip, "slug": member.community.slug, "here": "tips"}
    return page(request, "tips/edit.html", context, status=422 if form.errors else 200)


@require_POST
@member_page()
def place(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Left out, taken in again, or taken off the shelf (`do`); or the ready-made ones put there (pk 0)."""
    if pk == 0:
        if not reads.may_keep(member):
            raise Http404
        actions.fill_shelf(by=member)
        return HttpResponseRedirect(f"/c/{member.community.slug}/tips/shelf/", status=303)
    tip = reads.tip_or_404(member, pk)
    match request.POST.get("do"):
        case "skip":
            actions.skip(by=member, tip=tip, is_on=True)
        case "take":
            actions.skip(by=member, tip=tip, is_on=False)
        case "drop":
            actions.drop_tip(by=member, tip=tip)
            toast(request, _("Taken off the shelf."))
    return HttpResponseRedirect(f"/c/{member.community.slug}/tips/shelf/", status=303)
