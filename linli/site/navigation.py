"""The frame around every page: where one can go from here, in this community, in this language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from linli.look.frame import AddItem, Frame, Me, NavItem, Phone, bare_frame
from linli.look.skyline import small
from linli.people.models import Community
from linli.people.portraits import portrait_url
from linli.people.roles import OFFICE, Role
from linli.people.visits import Visit
from linli.site.skylines import skyline_of


@dataclass(frozen=True)
class Ways:
    """What the frame of a community shows to everybody with the same roles."""

    items: tuple[NavItem, ...]
    add_items: tuple[AddItem, ...]
    phones: tuple[Phone, ...]
    skyline: Markup


def frame_for(request: HttpRequest) -> Frame:
    """The frame for this visitor; nothing is read from the database once the community's ways are known."""
    visit: Visit | None = getattr(request, "visit", None)
    if visit is None:
        return bare_frame(request)
    bare = Frame(language=visit.language, theme=visit.theme, size=visit.size, help="/help/")
    community = visit.community
    if community is None or (visit.member is None and not community.is_public):
        return replace(
            bare,
            me=_me(visit),
            items=_own_items(visit.language) if visit.person else (),
            log_in=_log_in(request, visit),
        )
    roles = visit.member.roles if visit.member else -1
    is_acting = visit.helper is not None
    ways = ways_of(community.pk, community.revision, visit.language, roles, is_acting)
    return replace(
        bare,
        community=community.name,
        slug=community.slug,
        home=f"/c/{community.slug}/",
        accent=community.colour,
        skyline=ways.skyline,
        items=ways.items,
        add_items=ways.add_items,
        phones=ways.phones,
        me=_me(visit),
        log_in=_log_in(request, visit),
        asks=_asks(visit, community, request.path),
    )


def _asks(visit: Visit, community: Community, path: str) -> NavItem | None:
    """New rules wait for a yes; everything can be read meanwhile."""
    member, url = visit.member, f"/c/{community.slug}/agreement/"
    if member is None or member.agreed_version >= community.agreement_version or path == url:
        return None
    return NavItem(
        key="agreement", label=_("The rules have changed: please read and accept them"), url=url, icon="scroll-text"
    )


def _log_in(request: HttpRequest, visit: Visit) -> str:
    if visit.person:
        return ""
    return f"/account/login/?next={request.path}" if request.method == "GET" else "/account/login/"


def _me(visit: Visit) -> Me | None:
    if visit.person is None:
        return None
    if visit.member is None or visit.community is None:
        return Me(name=visit.person.name, url="/me/")
    slug, member = visit.community.slug, visit.helper or visit.member
    me = Me(name=member.name, url=f"/c/{slug}/me/", picture=portrait_url(slug, member))
    if visit.helper:
        me = replace(me, acting_for=visit.member.name, acting_end=f"/c/{slug}/helping/stop/")
    return me


def _own_items(language: str) -> tuple[NavItem, ...]:
    return (
        NavItem(key="home", label=_("Communities"), url="/", icon="house", primary=True),
        NavItem(key="me", label=_("Me"), url="/me/", icon="user-round", primary=True),
        NavItem(key="help", label=_("Help"), url="/help/", icon="circle-question-mark", primary=True),
    )


@lru_cache(maxsize=2000)
def ways_of(community_id: int, revision: int, language: str, roles: int, is_acting: bool) -> Ways:
    """Kept until the community's revision rises; `roles` -1 is a stranger."""
    with translation.override(language):
        community = Community.objects.get(pk=community_id)
        return Ways(
            items=tuple(_items(community, roles, is_acting)),
            add_items=tuple(_add_items(community, roles, is_acting)),
            phones=tuple(Phone(label=row.name, number=row.phone) for row in community.contacts.all()),
            skyline=small(skyline_of(community)),
        )


def _items(community: Community, roles: int, is_acting: bool) -> list[NavItem]:
    base = f"/c/{community.slug}/"
    items = [NavItem(key="home", label=_("Home"), url=base, icon="house", primary=True)]
    if roles < 0:
        items += [
            NavItem(key="phones", label=_("Telephone numbers"), url=f"{base}phones/", icon="phone", primary=True),
            NavItem(key="join", label=_("Join"), url=f"{base}join/", icon="door-open", primary=True),
        ]
        return items
    community_word = community.word("members", _("Members"))
    see, do, keep = _("Read"), _("Together"), _("Look after")
    items += [
        NavItem(key="notices", label=_("Notices"), url=f"{base}notices/", icon="megaphone", section=see),
        NavItem(key="news", label=_("News"), url=f"{base}news/", icon="newspaper", section=see),
        NavItem(
            key="services", label=_("Services"), url=f"{base}services/", icon="layout-grid", primary=True, section=see
        ),
        NavItem(key="people", label=community_word, url=f"{base}people/", icon="users-round", section=do),
        NavItem(key="circles", label=_("Circles"), url=f"{base}circles/", icon="users", section=do),
        NavItem(key="phones", label=_("Telephone numbers"), url=f"{base}phones/", icon="phone", section=do),
        NavItem(key="helping", label=_("Helper mode"), url=f"{base}helping/", icon="hand-helping", section=do),
        NavItem(key="me", label=_("Me"), url=f"{base}me/", icon="user-round", primary=True, section=do),
    ]
    if roles & OFFICE and not is_acting:
        items.append(
            NavItem(key="steward", label=_("Looking after"), url=f"{base}steward/", icon="key-round", section=keep)
        )
    return items


def _add_items(community: Community, roles: int, is_acting: bool) -> list[AddItem]:
    if roles < 0:
        return []
    base = f"/c/{community.slug}/"
    items = []
    if roles & community.talk_roles:
        items.append(
            AddItem(
                label=_("Write to the board"),
                url=f"{base}post/",
                icon="pencil-line",
                hint=_("A word, a question, a few pictures"),
            )
        )
        items.append(
            AddItem(
                label=_("Ask the neighbours"),
                url=f"{base}post/?kind=question",
                icon="circle-question-mark",
                hint=_("Somebody here knows"),
            )
        )
    if roles & community.notice_roles and not is_acting:
        items.append(
            AddItem(
                label=_("Notice"),
                url=f"{base}notices/new/",
                icon="megaphone",
                hint=_("To all homes, or to some"),
            )
        )
    if roles & Role.STEWARD and not is_acting:
        items.append(
            AddItem(
                label=_("Invite"),
                url=f"{base}steward/invitations/",
                icon="user-round-plus",
                hint=_("Letters for homes, or a link"),
            )
        )
    return items
