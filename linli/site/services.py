"""What a community offers its members, by purpose; a door stands here once its capability works."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.people.models import Kind, Member
from linli.people.roles import OFFICE, Role


@dataclass(frozen=True)
class Service:
    label: str
    hint: str
    url: str
    icon: str


@dataclass(frozen=True)
class ServiceGroup:
    title: str
    services: tuple[Service, ...]


def services_for(member: Member) -> tuple[ServiceGroup, ...]:
    base = f"/c/{member.community.slug}/"
    groups = [
        ServiceGroup(
            _("Read and write"),
            (
                Service(
                    _("Notices"),
                    _("What the office announces, and whether you have confirmed it"),
                    f"{base}notices/",
                    "megaphone",
                ),
                Service(
                    _("Welcome"),
                    _("What this community gives and asks, and your first steps"),
                    f"{base}welcome/",
                    "sprout",
                ),
                Service(
                    _("News"), _("By residents, looked over by editors; write your own"), f"{base}news/", "newspaper"
                ),
                Service(
                    _("Tips for the household"), _("Safety and health, one each month"), f"{base}tips/", "lightbulb"
                ),
                Service(
                    _("My building"), _("What is written for your building only"), f"{base}board/?show=home", "building"
                ),
                Service(
                    _("Write to the board"), _("A word, a question, a few pictures"), f"{base}post/", "pencil-line"
                ),
            ),
        ),
        ServiceGroup(
            _("People"),
            (
                Service(_("Telephone numbers"), _("Property office, emergency, hotline"), f"{base}phones/", "phone"),
                Service(
                    member.community.word("members", _("Members")),
                    _("Who belongs, as far as they show themselves"),
                    f"{base}people/",
                    "users-round",
                ),
                Service(
                    _("Circles"),
                    _("A choir, the early swimmers, parents of small children"),
                    f"{base}circles/",
                    "users",
                ),
                Service(
                    _("Helper mode"),
                    _("Act for an elder, or let somebody act for you"),
                    f"{base}helping/",
                    "hand-helping",
                ),
            ),
        ),
        ServiceGroup(
            _("My own"),
            (
                Service(_("My profile here"), _("Name, home, and who sees what"), f"{base}me/", "user-round"),
                Service(_("My account"), _("Ways to log in, devices, my data"), "/me/", "shield-check"),
                *(
                    (Service(_("My home"), _("Who lives with me; invite my family"), f"{base}homes/mine/", "house"),)
                    if member.community.kind == Kind.RESIDENTIAL
                    else ()
                ),
            ),
        ),
    ]
    if member.roles & OFFICE and not member.helper:
        office = [Service(_("Write a notice"), _("To all homes, or to some"), f"{base}notices/new/", "megaphone")]
        if member.roles & Role.STEWARD:
            office.append(
                Service(_("Looking after"), _("Homes, letters, members, settings"), f"{base}steward/", "key-round")
            )
        groups.append(ServiceGroup(_("For those who look after this place"), tuple(office)))
    return tuple(groups)
