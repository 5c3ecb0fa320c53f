from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup, escape

from linli.entries import reads
from linli.entries.reads import Show, Wish
from linli.kernel.text import row_id
from linli.look.answers import is_part, kept_page, page, part
from linli.look.toasts import toast
from linli.media import addresses
from linli.people import actions as people
from linli.people.doors import community_page, member_page
from linli.people.models import Community, Kind, Member

SHARED_SECONDS = 2
# Parts of the board that an address may name, and those that are read from the newest on.
PARTS = (Show.HOT, Show.HOME, Show.UNREAD, Show.DIGEST, Show.WAITING)
POSITIONED = (Show.LATEST, Show.UNREAD)


@require_safe
@community_page
def feed(request: HttpRequest, community: Community, member: Member | None) -> HttpResponse:
    """The board, or a part of it (`show`, `section`); `before` goes on from a row."""
    head = reads.head_of(community.pk, community.revision)
    wish = _wish(request, head, member)
    language = request.visit.language
    if member:
        found = reads.member_feed(member, language=language, wish=wish, now=timezone.now())
    else:
        found = reads.public_feed(community, language=language, wish=wish)
    here = _query(wish)
    more_url = f"{request.path}?{here}{'&' if here else ''}before={found.before}" if found.before else ""
    if is_part(request):
        return part(request, "entries/_cards.html", {"cards": found.cards, "more_url": more_url})
    town = reads.town_of(community)
    context = {
        "slug": community.slug,
        "is_member": member is not None,
        "show": wish.show.value,
        "section": wish.value if wish.show == Show.SECTION else 0,
        "here_url": f"{request.path}?{here}" if here else request.path,
        "has_homes": community.kind == Kind.RESIDENTIAL,
        "is_first": wish.before is None,
        "may_post": member is not None and member.has_role(community.talk_roles),
        "notes_position": member is not None and not member.helper and wish.before is None and wish.show in POSITIONED,
        # Nobody who has come back once; costs no statement, because it is read with the member.
        "is_newcomer": member is not None and not member.helper and member.read_to == 0 and wish.show == Show.LATEST,
        "new": found.new,
        "is_all_new": found.is_all_new,
        "name": community.name,
        "picture": addresses.community_picture(community.slug, community.picture, 160),
        "picture_large": addresses.community_picture(community.slug, community.picture),
        "head": head,
        "town": town,
    }
    places = {
        "pinned": found.pinned,
        "cards": found.cards,
        "more_url": str(escape(more_url)),
        "newest": str(found.newest) if found.newest else "",
    }
    if member:
        return kept_page(request, "entries/feed.html", context, places)
    here_now = {name: Markup(html) for name, html in places.items()}  # noqa: S704  (finished above)
    return page(request, "entries/feed.html", {**context, **here_now}, shared=SHARED_SECONDS)


def _wish(request: HttpRequest, head: reads.Head, member: Member | None) -> Wish:
    """What the address asks for; what is unknown, or not for strangers, is the board as it stands."""
    before = row_id(request.GET.get("before"))
    section = row_id(request.GET.get("section"))
    if section and any(pk == section for pk, _name in head.sections):
        return Wish(Show.SECTION, section, before)
    asked = request.GET.get("show", "")
    show = Show(asked) if asked in (PARTS if member else (Show.DIGEST,)) else Show.LATEST
    return Wish(show, member.read_to if member and show == Show.UNREAD else 0, before)


def _query(wish: Wish) -> str:
    if wish.show == Show.SECTION:
        return f"section={wish.value}"
    return "" if wish.show == Show.LATEST else f"show={wish.show.value}"


@require_POST
@member_page()
def position(request: HttpRequest, member: Member) -> HttpResponse:
    """How far the member has seen the board: told by the page itself (`to`), or all of it by a button (`all`)."""
    now = timezone.now()
    if (to := row_id(request.POST.get("all"))) is not None:
        people.note_board_read(by=member, to=reads.newest_until(member, to), now=now)
        toast(request, _("All of it is read."))
        return HttpResponseRedirect(f"/c/{member.community.slug}/", status=303)
    people.note_board_seen(by=member, to=reads.newest_until(member, row_id(request.POST.get("to")) or 0), now=now)
    return HttpResponse(status=204)
