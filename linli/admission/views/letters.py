"""A steward makes letters to homes, prints them, and sees which have been used."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.admission import actions
from linli.admission.address import entry_words
from linli.admission.drawing import ask_for_all
from linli.admission.forms import LettersForm
from linli.admission.models import Sheaf
from linli.admission.pdf import pdf_available
from linli.admission.reads import letters
from linli.homes.reads import Scope, homes_in, unit_labels
from linli.kernel import storage
from linli.kernel.refusals import Refused
from linli.kernel.text import row_id
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import steward_page
from linli.people.models import Kind, Member

CHOSEN_MAX = 500


def _has_homes(member: Member) -> None:
    if member.community.kind != Kind.RESIDENTIAL:
        raise Http404


@require_safe
@steward_page
def overview(request: HttpRequest, member: Member) -> HttpResponse:
    _has_homes(member)
    context = {
        "page": letters.letters_page(member.community_id, now=timezone.now()),
        "slug": member.community.slug,
    }
    return page(request, "admission/letters.html", context)


def _chosen_units(request: HttpRequest, member: Member) -> dict[int, str]:
    """Homes picked one by one on the page of their building."""
    typed = [*request.GET.getlist("unit"), *request.POST.getlist("unit")][:CHOSEN_MAX]
    wanted = {pk for given in typed if (pk := row_id(given))}
    labels = unit_labels(wanted) if wanted else {}
    scope = Scope(member.community_id, unit_ids=tuple(labels), with_parking=True)
    from_here = {home.unit_id for home in homes_in(scope)} if labels else set()
    return {pk: words for pk, words in labels.items() if pk in from_here}


def _scope(member: Member, given: dict[str, object], chosen: dict[int, str]) -> Scope:
    if chosen:
        return Scope(member.community_id, unit_ids=tuple(chosen), with_parking=True)
    entrance = str(given["entrance"] or "")
    floor = given["floor"]
    buildings = given["buildings"]
    assert isinstance(buildings, list)
    return Scope(
        member.community_id,
        building_ids=() if entrance else tuple(int(pk) for pk in buildings),
        entrance_ids=(int(entrance),) if entrance else (),
        floor=floor if isinstance(floor, int) else None,
        only_without_account=bool(given["only_without_account"]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@steward_page
def new(request: HttpRequest, member: Member) -> HttpResponse:
    _has_homes(member)
    chosen = _chosen_units(request, member)
    form = LettersForm(
        request.POST if request.method == "POST" else None,
        places=letters.places(member.community_id),
        has_homes_chosen=bool(chosen),
        initial={"days": letters.join_settings(member.community_id).letter_days},
    )
    refusal = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            sheaf = actions.make_letters(
                by=member,
                scope=_scope(member, given, chosen),
                kind=given["kind"],
                days=given["days"],
                now=timezone.now(),
            )
        except Refused as refused:
            refusal = refused.refusal
        else:
            made = sheaf.letters_made
            toast(request, ngettext("%(num)s letter is ready.", "%(num)s letters are ready.", made) % {"num": made})
            return HttpResponseRedirect(_address(member, sheaf), status=303)
    context = {"form": form, "refusal": refusal, "chosen": chosen, "slug": member.community.slug}
    return page(request, "admission/letters_new.html", context, status=422 if form.errors or refusal else 200)


def _address(member: Member, sheaf: Sheaf) -> str:
    return reverse("admission:sheaf", args=[member.community.slug, sheaf.pk])


@require_safe
@steward_page
def sheaf(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found, now = letters.sheaf_or_404(member.community_id, pk), timezone.now()
    context = {
        "page": letters.sheaf_page(found, now=now),
        "has_pdf": pdf_available(),
        "slug": member.community.slug,
    }
    return page(request, "admission/sheaf.html", context)


@require_POST
@steward_page
def sheaf_end(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = letters.sheaf_or_404(member.community_id, pk)
    ended = actions.revoke_sheaf(by=member, sheaf=found, now=timezone.now())
    toast(request, ngettext("%(num)s letter has ended.", "%(num)s letters have ended.", ended) % {"num": ended})
    return HttpResponseRedirect(_address(member, found), status=303)


def _printable(member: Member, pk: int, now: datetime) -> Sheaf:
    found = letters.sheaf_or_404(member.community_id, pk)
    if found.printable_until <= now:
        raise Http404
    return found


@never_cache
@require_safe
@steward_page
def printing(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The sheets themselves, a page of paper each; the browser prints them."""
    now = timezone.now()
    found = _printable(member, pk, now)
    building = request.GET.get("building", "")
    if row_id(building) is None and found.letters_made > letters.SHEETS_MAX:
        return HttpResponseRedirect(_address(member, found))
    drawn = letters.sheets(found, building_id=row_id(building), now=now)
    context = {"sheets": drawn, "entry": entry_words(), "back": _address(member, found)}
    return page(request, "admission/letters_print.html", context)


@require_POST
@steward_page
def pdf(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Ask the worker for one file for each building."""
    now = timezone.now()
    found = _printable(member, pk, now)
    if not pdf_available():
        raise Http404
    if actions.ask_for_pdf(by=member, sheaf=found, now=now):
        ask_for_all(found, language=get_language() or "")
        toast(request, _("The PDF files are being made. They appear here one by one."), "info")
    return HttpResponseRedirect(_address(member, found), status=303)


@never_cache
@require_safe
@steward_page
def pdf_file(request: HttpRequest, member: Member, pk: int, building: int) -> HttpResponse:
    found = _printable(member, pk, timezone.now())
    name = found.pdf_files.get(str(building))
    if not name or not storage.exists(name):
        raise Http404
    response = HttpResponse(storage.path_of(name).read_bytes(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="letters-{pk}-{building}.pdf"'
    return response
