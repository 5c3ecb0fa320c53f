from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from linli.homes.reads import current_homes
from linli.homes.skylines import skyline_of
from linli.kernel.markdown import render
from linli.kernel.refusals import Refusal, Refused
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import member_page, steward_page
from linli.people.models import Member
from linli.welcome import actions, reads
from linli.welcome.actions import GREETERS
from linli.welcome.forms import GreetingForm, WordsForm


@require_safe
@member_page()
def welcome(request: HttpRequest, member: Member) -> HttpResponse:
    """The first page after coming in, and later whenever somebody wants to read it again."""
    community = member.community
    context = {
        "name": community.name,
        "member_name": member.name,
        "slug": community.slug,
        "town": skyline_of(community),
        "text": Markup(render(community.welcome)),  # noqa: S704  (render cleans)
        "homes": current_homes(member.pk),
        "welcome": reads.welcome_of(member, language=request.visit.language),
        "is_acting": member.helper is not None,
        "here": "welcome",
    }
    return page(request, "welcome/welcome.html", context)


@require_POST
@member_page()
def away(request: HttpRequest, member: Member) -> HttpResponse:
    """The checklist is not wanted any more."""
    try:
        actions.put_away(by=member, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
    else:
        toast(request, _("Put away. You find this page under Services."))
    return HttpResponseRedirect(f"/c/{member.community.slug}/", status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def words(request: HttpRequest, member: Member) -> HttpResponse:
    """What the community says it gives and asks; empty is the template's."""
    gives = reads.gives_of(member.community, request.visit.language)
    initial = {name: "\n".join(getattr(gives, name)) for name in ("soon", "later", "asks")}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.change_words(by=member, now=timezone.now(), **form.cleaned_data)
        toast(request, _("Saved. This is what newcomers read first."))
        return HttpResponseRedirect(f"/c/{member.community.slug}/welcome/", status=303)
    context = {"form": form, "is_own": gives.is_own, "slug": member.community.slug, "here": "steward"}
    return page(request, "welcome/words.html", context, status=422 if form.errors else 200)


@require_safe
@member_page(*GREETERS)
def newcomers(request: HttpRequest, member: Member) -> HttpResponse:
    """Who is new, how far they have come, and who has greeted them."""
    context = {"newcomers": reads.newcomers(member, now=timezone.now()), "slug": member.community.slug}
    return page(request, "welcome/newcomers.html", {**context, "here": "steward"})


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(*GREETERS)
def greeting(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """A prepared word that one may change; it stands on the newcomer's welcome page."""
    newcomer = reads.newcomer_or_404(member, pk)
    prepared = _("Welcome, %(name)s. If you look for something or have a question, just ask me.")
    form = GreetingForm(
        request.POST if request.method == "POST" else None, initial={"words": prepared % {"name": newcomer.name}}
    )
    refusal: Refusal | None = None
    if form.is_valid():
        try:
            actions.greet(by=member, member=newcomer, words=form.cleaned_data["words"], now=timezone.now())
        except Refused as refused:
            refusal = refused.refusal
            if refusal.field:
                form.add_error(refusal.field, str(refusal.message))
                refusal = None
        else:
            toast(request, _("Greeted. %(name)s sees it on the first page.") % {"name": newcomer.name})
            return HttpResponseRedirect(f"/c/{member.community.slug}/steward/newcomers/", status=303)
    context = {
        "form": form,
        "refusal": refusal,
        "name": newcomer.name,
        "slug": member.community.slug,
        "here": "steward",
    }
    return page(request, "welcome/greeting.html", context, status=422 if form.errors or refusal else 200)
