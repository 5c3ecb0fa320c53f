from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.limits import refuse_often
from linli.kernel.refusals import Refusal, Refused
from linli.kernel.text import clean_line
from linli.look.answers import page, part
from linli.people import actions
from linli.people.doors import account_page
from linli.people.models import Person
from linli.people.rules import SLUG_TAKEN
from linli.settings.options import options
from linli.stewards import kinds, reads
from linli.stewards.forms import FoundForm
from linli.stewards.slugs import SLUG_MAX, is_slug, suggestion

FOUNDINGS, FOUNDING_SECONDS = 5, 24 * 3600


def _may_found(person: Person) -> bool:
    return person.is_operator or settings.LINLI_FOUNDING == "everybody"


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def found(request: HttpRequest, person: Person) -> HttpResponse:
    """A community of one's own, on one page."""
    if not _may_found(person):
        return page(request, "stewards/not_founding.html", {}, status=403)
    language = request.visit.language
    initial = {
        "kind": "residential",
        "language": language,
        "time_zone": settings.TIME_ZONE,
        "member_name": person.name,
    }
    form = FoundForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal = None
    if form.is_valid():
        slug, refusal = _found(person, form)
        if slug:
            return HttpResponseRedirect(reverse("stewards:next", args=[slug]), status=303)
    context = {
        "form": form,
        "kinds": kinds.kind_cards(language),
        "refusal": refusal,
        "host": options.address.partition("://")[2],
    }
    return page(request, "stewards/found.html", context, status=422 if form.errors or refusal else 200)


def _found(person: Person, form: FoundForm) -> tuple[str, Refusal | None]:
    given, now = dict(form.cleaned_data), timezone.now()
    given["slug"] = given["slug"] or suggestion(given["name"], reads.is_free)
    if not reads.is_free(given["slug"]):
        return "", SLUG_TAKEN
    if refusal := refuse_often(f"stewards.found:{person.pk}", most=FOUNDINGS, per_seconds=FOUNDING_SECONDS, now=now):
        return "", refusal
    try:
        steward = actions.found(by=person, now=now, **given)
    except Refused as refused:
        return "", refused.refusal
    return steward.community.slug, None


@require_safe
@account_page
def address(request: HttpRequest, person: Person) -> HttpResponse:
    """While one types: is this address free, or which one would be given?"""
    slug = request.GET.get("slug", "").strip().lower()[: SLUG_MAX + 1]
    name = clean_line(request.GET.get("name", ""), 64)
    if not slug:
        slug = suggestion(name, reads.is_free) if name else ""
        said = _("You would get this one:") if slug else ""
        return _said(request, slug, said, is_good=True)
    if not is_slug(slug):
        said = _("An address has 3 to 40 small letters a–z, figures and single dashes between them.")
        return _said(request, "", said, is_good=False)
    if not reads.is_free(slug):
        return _said(request, "", str(SLUG_TAKEN.message), is_good=False)
    return _said(request, slug, _("Still free:"), is_good=True)


def _said(request: HttpRequest, slug: str, said: str, *, is_good: bool) -> HttpResponse:
    whole = f"{options.address.partition('://')[2]}/c/{slug}/" if slug else ""
    return part(request, "stewards/_address.html", {"whole": whole, "said": said, "is_good": is_good})
