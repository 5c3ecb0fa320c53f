"""Begin, end, and be told that it has ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.helping import reads
from linli.helping.views.mandates import helping_answer
from linli.look.answers import page
from linli.look.csrf import AS_FIELD
from linli.look.toasts import toast
from linli.people.doors import member_page
from linli.people.models import Member
from linli.people.visits import ACTING_KEY

TYPED_MAX = 20
_NOT_TYPED = ("csrfmiddlewaretoken", AS_FIELD, "next", "key", "audience", "section", "scope", "picture", "kind")


@require_POST
@member_page()
def start(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """From now on every page of this community is the member's, until it is stopped or the mandate ends."""
    now = timezone.now()
    helper = member.helper or member
    helper.community = member.community
    mandate = reads.mandate_or_404(helper, pk)
    if refusal := reads.refuse_acting(helper, mandate, now=now):
        return helping_answer(request, helper, refusal=refusal, now=now)
    _remember(request, member.community_id, mandate.pk)
    toast(request, _("You now act for %(name)s. Both names will stand under it.") % {"name": mandate.member.name})
    return HttpResponseRedirect(f"/c/{member.community.slug}/", status=303)


@require_POST
@member_page()
def stop(request: HttpRequest, member: Member) -> HttpResponse:
    _remember(request, member.community_id, None)
    if member.helper:
        toast(request, _("You act for yourself again."))
    return HttpResponseRedirect(f"/c/{member.community.slug}/helping/", status=303)


def _remember(request: HttpRequest, community_id: int, mandate_id: int | None) -> None:
    acting = {key: value for key, value in request.session.get(ACTING_KEY, {}).items() if key != str(community_id)}
    if mandate_id is not None:
        acting[str(community_id)] = mandate_id
    request.session[ACTING_KEY] = acting


def ended(request: HttpRequest) -> HttpResponse:
    """Instead of the page: the mandate no longer holds. Nothing was done, and what was typed is shown once more."""
    visit = request.visit
    assert visit.community
    _remember(request, visit.community.pk, None)
    request.user = visit.person  # type: ignore[assignment]
    if "HX-Request" in request.headers:
        # The part that htmx waits for would be the wrong place to say it.
        way = f"/c/{visit.community.slug}/helping/?ended" if visit.member else "/"
        return HttpResponse(status=403, headers={"HX-Redirect": way})
    context = {
        "slug": visit.community.slug,
        "is_member": visit.member is not None,
        "is_write": request.method not in ("GET", "HEAD"),
        "typed": _typed(request),
        "here": "helping",
    }
    return page(request, "helping/ended.html", context, status=403)


def name_changed(request: HttpRequest) -> HttpResponse:
    """Instead of the act: the form is of another name's page, opened before the helper began or stopped acting."""
    visit = request.visit
    assert visit.community and visit.member
    if "HX-Request" in request.headers:
        return HttpResponse(status=409, headers={"HX-Redirect": f"/c/{visit.community.slug}/helping/?changed"})
    context = {
        "slug": visit.community.slug,
        "name": visit.member.name,
        "is_acting": visit.helper is not None,
        "typed": _typed(request),
        "here": "helping",
    }
    return page(request, "helping/changed.html", context, status=409)


def _typed(request: HttpRequest) -> list[str]:
    """What stood in the fields of the form that was not carried out."""
    if request.method != "POST":
        return []
    fields = ((name, value) for name, values in request.POST.lists() for value in values)
    words = [value.strip() for name, value in fields if name not in _NOT_TYPED]
    return [value for value in words if len(value) > 3][:TYPED_MAX]
