from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.entries import reads as entries
from linli.kernel.refusals import Refused
from linli.kernel.text import row_id
from linli.look.answers import page
from linli.look.toasts import toast
from linli.people.doors import member_page
from linli.people.models import Member
from linli.people.reads import member_or_404
from linli.talk import actions, reads


@require_safe
@member_page()
def marked(request: HttpRequest, member: Member) -> HttpResponse:
    """What I keep, follow, and do not want to see; a helper does not see it."""
    if member.helper:
        raise Http404
    shelf = request.GET.get("show", "kept")
    if shelf not in reads.SHELVES:
        shelf = "kept"
    found = reads.marked_page(member, shelf, before=row_id(request.GET.get("before")))
    context = {"marked": found, "shelf": shelf, "slug": member.community.slug, "here": "me"}
    return page(request, "talk/marked.html", context)


@require_POST
@member_page()
def mark(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Keep, follow or mute an entry, or no longer (`do`)."""
    deed = request.POST.get("do", "")
    entries.entry_or_404(member.community, member, pk)
    if deed not in actions.DEEDS:
        raise Http404
    try:
        actions.mark(by=member, entry_id=pk, deed=deed, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
    else:
        toast(request, _words(deed))
    if deed == "mute":
        return HttpResponseRedirect(f"/c/{member.community.slug}/", status=303)
    return HttpResponseRedirect(f"/c/{member.community.slug}/entries/{pk}/", status=303)


def _words(deed: str) -> str:
    return {
        "keep": _("Kept. You find it under Me."),
        "let-go": _("No longer kept."),
        "follow": _("You follow this now: new comments are counted under Me."),
        "unfollow": _("You no longer follow this."),
        "mute": _("It no longer stands on your board. Under Me you can have it back."),
        "unmute": _("It stands on your board again."),
    }[deed]


@require_POST
@member_page()
def thread_seen(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Told by the page itself once it is open; looking alone (GET) changes nothing."""
    entries.entry_or_404(member.community, member, pk)
    actions.note_thread_seen(by=member, entry_id=pk)
    return HttpResponse(status=204)


@require_POST
@member_page()
def member_muted(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Without this member's posts on my board (`on=1`), or with them again."""
    shown = member_or_404(member.community, pk)
    is_on = request.POST.get("on") == "1"
    try:
        actions.mute_member(by=member, muted=shown, is_on=is_on, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
    else:
        gone, back = (
            _("What %(name)s writes no longer stands on your board. They are not told."),
            _("What %(name)s writes stands on your board again."),
        )
        toast(request, (gone if is_on else back) % {"name": shown.name})
    return HttpResponseRedirect(f"/c/{member.community.slug}/people/{pk}/", status=303)
