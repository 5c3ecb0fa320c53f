"""Sunny Gardens with one of each thing and everybody logged in, built once for all tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from linli.people.models import Member, Person
from linli.people.roles import Role
from tests import factories
from tests.things import things

VISITORS = (
    "stranger", "elsewhere", "resident", "organiser", "committee", "property", "moderator", "steward", "operator",
)  # fmt: skip


@dataclass(frozen=True)
class House:
    sunny: factories.Sunny
    things: dict[str, object]
    clients: dict[str, Client]

    def address(self, pattern: str) -> str:
        return pattern.format(**self.things)

    def visit(self, who: str, method: str, pattern: str, **options: object) -> HttpResponse:
        """What the visitor gets; whatever the visit changed is undone, logging out too."""
        client = self.clients[who]
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        with transaction.atomic():
            response = client.generic(method, self.address(pattern), **options)
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)
        if response.streaming:
            list(response.streaming_content)  # read to its end, a picture's file is closed
        return response


def visitors(sunny: factories.Sunny) -> dict[str, Member | Person | None]:
    return {
        "stranger": None,
        "elsewhere": factories.elsewhere(),
        "resident": sunny.li_mei,
        "organiser": factories.member(sunny.community, "何军", roles=Role.ORGANISER),
        "committee": sunny.chen_jing,
        "property": sunny.wang_qiang,
        "moderator": factories.member(sunny.community, "林芳", roles=Role.MODERATOR),
        "steward": sunny.steward,
        "operator": factories.operator(),
    }


@contextmanager
def open_house() -> Iterator[House]:
    with transaction.atomic():
        sunny = factories.sunny()
        named = things(sunny)
        clients = {who: factories.logged_in(person) for who, person in visitors(sunny).items()}
        yield House(sunny, named, clients)
        transaction.set_rollback(True)
