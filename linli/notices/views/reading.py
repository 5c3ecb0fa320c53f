from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.refusals import Refused
from linli.kernel.text import row_id
from linli.look.answers import answer, is_part, page, part
from linli.look.toasts import toast
from linli.notices import actions, reads
from linli.people.doors import member_page
from linli.people.models import Member


@require_safe
@member_page()
def index(request: HttpRequest, member: Member) -> HttpResponse:
    notices = reads.notice_list(member, before=row_id(request.GET.get("before")), now=timezone.now())
    context = {"notices": notices, "plans": (), "here": "notices"}
    if is_part(request):
        return part(request, "notices/_rows.html", context)
    if notices.may_write:
        context["plans"] = reads.plans(member)
    return page(request, "notices/list.html", context)


@require_POST
@member_page()
def receipt(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    entry = reads.notice_or_404(member, pk)
    refusal = None
    now = timezone.now()
    try:
        actions.confirm(by=member, entry=entry, now=now)
    except Refused as refused:
        refusal = refused.refusal
        if not is_part(request):
            toast(request, refusal.message, "warn")
    context = {"panel": reads.panel(pk, member, member.community.slug, now=now), "refusal": refusal}
    way_back = request.POST.get("next", "")
    url = (
        way_back if way_back.startswith(f"/c/{member.community.slug}/") else f"/c/{member.community.slug}/entries/{pk}/"
    )
    if refusal and not is_part(request):
        return HttpResponseRedirect(url, status=303)
    if "card" in request.GET and is_part(request) and not refusal:
        button = {"id": pk, "url": request.path, "is_confirmed": True}
        return part(request, "notices/_card_button.html", button)
    return answer(
        request,
        page="notices/list.html",
        part="notices/_receipt.html",
        context=context,
        status=422 if refusal else 200,
        url=url,
    )


@require_POST
@member_page()
def opened(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Told by the page itself once it is open; looking alone (GET) changes nothing."""
    actions.note_opened(by=member, entry=reads.notice_or_404(member, pk), now=timezone.now())
    return HttpResponse(status=204)


@require_POST
@member_page()
def end(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    entry = reads.notice_or_404(member, pk)
    if not reads.may_write(member):
        raise Http404
    actions.end(by=member, entry=entry, now=timezone.now())
    toast(request, _("Taken from the top. It stays among the older notices."))
    return HttpResponseRedirect(f"/c/{member.community.slug}/entries/{pk}/", status=303)
