"""How far a notice has come: by home on a page, as a table, and on paper for those it has not reached."""

from __future__ import annotations

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.text import row_id
from linli.look.answers import page
from linli.look.toasts import toast
from linli.notices import actions, reads
from linli.notices.states import state_words
from linli.people.doors import member_page
from linli.people.models import Member

# A sheet that begins with one of these would be taken for a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _readers(member: Member, pk: int) -> reads.Readers:
    entry = reads.notice_or_404(member, pk)
    if not reads.may_write(member):
        raise Http404
    return reads.readers(member, entry)


@require_safe
@member_page()
def readers(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    found = _readers(member, pk)
    is_short = request.GET.get("only") == "unread"
    context = {
        "readers": found,
        "is_short": is_short,
        "not_reached": reads.NOT_REACHED,
        "words": state_words(),
        "here": "notices",
    }
    return page(request, "notices/readers.html", context)


@require_safe
@member_page()
def readers_table(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The same as CSV (RFC 4180), with a mark that tells spreadsheets it is UTF-8."""
    found, words = _readers(member, pk), state_words()
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([_("Building"), _("Entrance"), _("Home"), _("State"), _("On paper since")])
    for building in found.buildings:
        for row in building.homes:
            at = f"{row.paper_at:%Y-%m-%d %H:%M}" if row.paper_at else ""
            cells = (building.name, row.home.entrance, row.home.name, str(words[row.state]), at)
            rows.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="notice-{pk}.csv"',
            "Cache-Control": "private, no-store",
        },
    )


@require_safe
@member_page()
def sheets(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """A list to go from door to door with, and a sheet for each home that has not seen it."""
    found = _readers(member, pk)
    entry = reads.notice_or_404(member, pk)
    context = {
        "readers": found,
        "sheets": reads.paper_sheets(member, entry, found, building_id=row_id(request.GET.get("building"))),
        "link": request.build_absolute_uri(found.entry_url),
        "here": "notices",
    }
    return page(request, "notices/paper.html", context)


@require_POST
@member_page()
def paper(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Homes that got it on paper: `unit` one by one, or `building` all that were not reached; `off` takes it back."""
    entry = reads.notice_or_404(member, pk)
    if not reads.may_write(member):
        raise Http404
    units = {unit for given in request.POST.getlist("unit") if (unit := row_id(given))}
    building = row_id(request.POST.get("building"))
    if building:
        units |= set(reads.not_reached_in(reads.readers(member, entry), building))
    if "off" in request.POST:
        actions.take_back_paper(by=member, entry=entry, unit_ids=units)
        toast(request, _("Taken back."))
    else:
        noted = actions.note_paper(by=member, entry=entry, unit_ids=units, now=timezone.now())
        words = ngettext("%(num)s home has it on paper now.", "%(num)s homes have it on paper now.", noted)
        toast(request, words % {"num": noted})
    return HttpResponseRedirect(f"/c/{member.community.slug}/notices/{pk}/readers/", status=303)
