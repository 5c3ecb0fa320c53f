from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.circles import actions, reads
from linli.circles.forms import AskForm, CircleForm
from linli.circles.models import Circle
from linli.circles.panels import panels_for
from linli.kernel.refusals import Refusal, Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import member_page
from linli.people.models import Member
from linli.people.roles import Role


@require_safe
@member_page()
def index(request: HttpRequest, member: Member) -> HttpResponse:
    context = {
        "circles": reads.circles(member),
        "slug": member.community.slug,
        "may_found": member.helper is None,
        "here": "circles",
    }
    return page(request, "circles/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def new(request: HttpRequest, member: Member) -> HttpResponse:
    if member.helper:
        raise Http404
    form = CircleForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        try:
            circle = actions.found(by=member, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("The circle is there. Tell your neighbours about it."))
            return HttpResponseRedirect(_url(member, circle), status=303)
    context = {"form": form, "refusal": refusal, "slug": member.community.slug, "circle": None, "here": "circles"}
    return page(request, "circles/edit.html", context, status=422 if form.errors or refusal else 200)


@require_safe
@member_page()
def show(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    return _answer(request, member, reads.circle_or_404(member, pk), AskForm())


def _answer(
    request: HttpRequest, member: Member, circle: Circle, form: AskForm, refusal: Refusal | None = None
) -> HttpResponse:
    shown = reads.circle_shown(member, circle)
    may_read = shown.is_in or (member.has_role(Role.STEWARD | Role.MODERATOR) and member.helper is None)
    context = {
        "shown": shown,
        "circle": circle,
        "slug": member.community.slug,
        "panels": panels_for(request, member, circle.pk) if may_read else (),
        "is_acting": member.helper is not None,
        "form": form,
        "refusal": refusal,
        "here": "circles",
    }
    return page(request, "circles/show.html", context, status=422 if refusal or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def edit(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    circle = reads.circle_or_404(member, pk)
    if not reads.circle_shown(member, circle).may_lead:
        raise Http404
    initial = {"name": circle.name, "about": circle.about, "is_open": "1" if circle.is_open else "0"}
    form = CircleForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal = None
    if form.is_valid():
        try:
            actions.change(by=member, circle=circle, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refusal = refused.refusal
        else:
            toast(request, _("Changed."))
            return HttpResponseRedirect(_url(member, circle), status=303)
    context = {"form": form, "refusal": refusal, "slug": member.community.slug, "circle": circle, "here": "circles"}
    return page(request, "circles/edit.html", context, status=422 if form.errors or refusal else 200)


@require_POST
@member_page()
def membership(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Come in or ask (`on` is 1), or go (0)."""
    circle, now = reads.circle_or_404(member, pk), timezone.now()
    form = AskForm(request.POST)
    if not form.is_valid():
        return _answer(request, member, circle, form)
    try:
        if request.POST.get("on") == "1":
            is_in = actions.join(by=member, circle=circle, words=form.cleaned_data["words"], now=now)
            toast(request, _("You are in.") if is_in else _("Asked. You are in as soon as one who leads it says yes."))
        else:
            actions.leave(by=member, circle=circle, now=now)
            toast(request, _("You are no longer in it."))
            return HttpResponseRedirect(f"/c/{member.community.slug}/circles/", status=303)
    except Refused as refused:
        return _answer(request, member, circle, form, refused.refusal)
    return HttpResponseRedirect(_url(member, circle), status=303)


@require_POST
@member_page()
def member_of(request: HttpRequest, member: Member, pk: int, member_id: int) -> HttpResponse:
    """Let one in, let one lead or no longer, let one go (`do`)."""
    circle, now = reads.circle_or_404(member, pk), timezone.now()
    if not reads.circle_shown(member, circle).may_lead:
        raise Http404
    try:
        match request.POST.get("do"):
            case "admit":
                actions.admit(by=member, circle=circle, member_id=member_id, now=now)
            case "lead":
                actions.let_lead(by=member, circle=circle, member_id=member_id, is_on=True, now=now)
            case "follow":
                actions.let_lead(by=member, circle=circle, member_id=member_id, is_on=False, now=now)
            case "go":
                actions.let_go(by=member, circle=circle, member_id=member_id, now=now)
    except Refused as refused:
        return _answer(request, member, circle, AskForm(), refused.refusal)
    toast(request, _("Done."))
    return HttpResponseRedirect(_url(member, circle), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def closure(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Asks once more, and closes."""
    circle = reads.circle_or_404(member, pk)
    if not reads.circle_shown(member, circle).may_lead:
        raise Http404
    if request.method == "POST":
        actions.close(by=member, circle=circle, now=timezone.now())
        toast(request, _("Closed. Who was in it can still read what was written."))
        return HttpResponseRedirect(f"/c/{member.community.slug}/circles/", status=303)
    return page(request, "circles/closure.html", {"circle": circle, "slug": member.community.slug, "here": "circles"})


def _url(member: Member, circle: Circle) -> str:
    return f"/c/{member.community.slug}/circles/{circle.pk}/"
