from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.entries import actions, reads
from linli.entries.models import EDITORS
from linli.entries.rules import PIN_DAYS
from linli.kernel.refusals import Refused
from linli.kernel.text import row_id
from linli.look.toasts import toast
from linli.people.doors import member_page
from linli.people.models import Member


@require_POST
@member_page(*EDITORS)
def feature(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Among the best, or no longer (`on`)."""
    entry = reads.entry_or_404(member.community, member, pk)
    is_on = request.POST.get("on") == "1"
    try:
        actions.feature(by=member, entry=entry, is_on=is_on, now=timezone.now())
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
    else:
        toast(request, _("Now among the best of this community.") if is_on else _("No longer among the best."))
    return redirect("talk:entry", member.community.slug, pk)


@require_POST
@member_page(*EDITORS)
def pin(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """On top of the board for so many `days`, or down again (0)."""
    entry = reads.entry_or_404(member.community, member, pk)
    days = row_id(request.POST.get("days")) or 0
    try:
        if days in PIN_DAYS:
            actions.pin(by=member, entry=entry, days=days, now=timezone.now())
            words = ngettext("On top of the board for %(num)s day.", "On top of the board for %(num)s days.", days)
            toast(request, words % {"num": days})
        else:
            actions.unpin(by=member, entry=entry, now=timezone.now())
            toast(request, _("Taken from the top."))
    except Refused as refused:
        toast(request, refused.refusal.message, "warn")
    return redirect("talk:entry", member.community.slug, pk)
