from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from linli.homes.rules import refuse_identity_number
from linli.kernel.markdown import render
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import row_id
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people import actions
from linli.people.doors import steward_page
from linli.people.models import Community, Contact, Member, Section
from linli.stewards import reads
from linli.stewards.forms import (
    CONTACT_ROWS,
    CONTACTS_MAX,
    SECTION_ROWS,
    SECTIONS_MAX,
    AgreementForm,
    ContactForm,
    SectionForm,
    SettingsForm,
)


def _are_valid(rows: list[Any]) -> bool:
    """Each row is asked, so that each shows its own errors."""
    return not [row for row in rows if not row.is_valid()]


def _done(request: HttpRequest) -> HttpResponse:
    toast(request, _("Saved."))
    return HttpResponseRedirect(request.path, status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def settings(request: HttpRequest, member: Member) -> HttpResponse:
    community = Community.objects.get(pk=member.community_id)
    form = SettingsForm(
        request.POST if request.method == "POST" else None,
        talk_now=community.talk_roles,
        notice_now=community.notice_roles,
        initial=_initial(community),
    )
    refusal = None
    if form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if not name.startswith("word_")}
        # Words that this page does not show stay as they are.
        others = {key: word for key, word in community.words.items() if f"word_{key}" not in form.fields}
        try:
            actions.change_settings(by=member, words=others | form.words, now=timezone.now(), **fields)
        except Refused as refused:
            refusal = refused.refusal
        else:
            return _done(request)
    context = {"form": form, "refusal": refusal, "slug": community.slug}
    return page(request, "stewards/settings.html", context, status=422 if form.errors or refusal else 200)


def _initial(community: Community) -> dict[str, Any]:
    names = "name about language time_zone colour is_public talk_roles notice_roles welcome".split()
    words = {f"word_{key}": word for key, word in community.words.items()}
    return {name: getattr(community, name) for name in names} | words


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def sections(request: HttpRequest, member: Member) -> HttpResponse:
    """The shelves of the board: name, order; a row without a name goes away."""
    present = list(Section.objects.filter(community_id=member.community_id))
    initial = [{"section": row.pk, "place": place, "name": row.name} for place, row in enumerate(present, start=1)]
    blank = [{"place": None} for _row in range(SECTION_ROWS)]
    posted = request.POST if request.method == "POST" else None
    rows = [SectionForm(posted, prefix=f"s{i}", initial=row) for i, row in enumerate([*initial, *blank][:SECTIONS_MAX])]
    refusal = None
    if posted is not None and _are_valid(rows):
        given = [row.cleaned_data for row in rows if row.cleaned_data["name"]]
        names = [row["name"] for row in given]
        if len(set(names)) < len(names):
            refusal = Refusal("section_twice", _("Two sections have the same name."))
        else:
            ordered = sorted(given, key=lambda row: row["place"] or 99)
            actions.arrange_sections(
                by=member, names=[(row["section"], row["name"]) for row in ordered], now=timezone.now()
            )
            return _done(request)
    context = {"rows": rows, "refusal": refusal, "slug": member.community.slug}
    return page(request, "stewards/sections.html", context, status=422 if posted is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def contacts(request: HttpRequest, member: Member) -> HttpResponse:
    """Telephone numbers, in the order in which they stand."""
    present = Contact.objects.filter(community_id=member.community_id)
    initial: list[dict[str, Any]] = [dict(row) for row in present.values("name", "phone", "hours", "is_office")]
    blank: list[dict[str, Any]] = [{} for _row in range(CONTACT_ROWS)]
    posted = request.POST if request.method == "POST" else None
    rows = [ContactForm(posted, prefix=f"c{i}", initial=row) for i, row in enumerate([*initial, *blank][:CONTACTS_MAX])]
    if posted is not None and _are_valid(rows):
        kept = [dict(row.cleaned_data) for row in rows if row.cleaned_data["name"]]
        actions.arrange_contacts(by=member, contacts=kept, now=timezone.now())
        return _done(request)
    context = {"rows": rows, "slug": member.community.slug}
    return page(request, "stewards/contacts.html", context, status=422 if posted is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def agreement(request: HttpRequest, member: Member) -> HttpResponse:
    """The rules in force, their versions, and who has accepted them."""
    community = Community.objects.get(pk=member.community_id)
    form = AgreementForm(request.POST if request.method == "POST" else None, initial={"text": community.rules})
    refusal = None
    if form.is_valid():
        text = form.cleaned_data["text"]
        if text == community.rules:
            refusal = Refusal("unchanged", _("Nothing has changed, so there is no new version."), "text")
        elif not (refusal := refuse_identity_number(text)):
            actions.publish_agreement(by=member, text=text, now=timezone.now())
            toast(request, _("Published. Everybody is asked to accept it."))
            return HttpResponseRedirect(request.path, status=303)
    context = {
        "page": reads.agreements_page(community),
        "form": form,
        "refusal": refusal,
        "slug": community.slug,
    }
    return page(request, "stewards/agreement.html", context, status=422 if form.errors or refusal else 200)


@require_safe
@steward_page
def agreement_version(request: HttpRequest, member: Member, version: int) -> HttpResponse:
    shown = reads.version_page(member.community_id, version, before=row_id(request.GET.get("before")))
    text = Markup(render(shown.text))  # noqa: S704  (render cleans)
    context = {"page": shown, "text": text, "slug": member.community.slug}
    return page(request, "stewards/agreement_version.html", context)
