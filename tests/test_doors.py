"""One table: address × who comes → what they get. An address without a row fails.

Columns: a stranger, a member of another community, and of Sunny Gardens a resident, an organiser, one of the committee,
of the property office, a moderator, a steward; last an operator of the server who belongs to no community.
Cells: a status; `in` for being sent to the log-in page. Addresses may use what `things()` makes: {member} and so on.
A POST carries no fields, so whoever may enter is refused (422) or, where nothing is needed, sent on (302, 303).
"""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from linli.people.roles import Role
from tests import factories
from tests.addresses import our_addresses
from tests.things import things

COLUMNS = "stranger elsewhere resident organiser committee property moderator steward operator".split()

TABLE = """
# method address                                  str els res org com pro mod ste ope
GET    /                                         200 302 302 302 302 302 302 302 200
GET    /-/too-large/                             413 413 413 413 413 413 413 413 413
GET    /c/sunny/services/                        in  404 200 200 200 200 200 200 404

GET    /c/sunny/notices/                         in  404 200 200 200 200 200 200 404
GET    /c/sunny/notices/new/                     in  404 404 404 200 200 404 200 404
GET    /c/sunny/notices/{notice}/edit/           in  404 404 404 200 200 404 200 404
GET    /c/sunny/notices/{notice}/readers/        in  404 404 404 200 200 404 200 404
POST   /c/sunny/notices/{notice}/receipt/        in  404 303 303 303 303 303 303 404
POST   /c/sunny/notices/{notice}/seen/           in  404 204 204 204 204 204 204 404
POST   /c/sunny/notices/{notice}/end/            in  404 404 404 303 303 404 303 404
"""


@dataclass(frozen=True)
class Row:
    method: str
    address: str
    cells: tuple[str, ...]


def rows() -> list[Row]:
    found = []
    for line in TABLE.splitlines():
        if line.strip() and not line.startswith("#"):
            method, address, *cells = line.split()
            assert len(cells) == len(COLUMNS), line
            found.append(Row(method, address, tuple(cells)))
    return found


def visitors(sunny: factories.Sunny) -> dict[str, Client]:
    return {
        "stranger": factories.logged_in(None),
        "elsewhere": factories.logged_in(factories.elsewhere()),
        "resident": factories.logged_in(sunny.li_mei),
        "organiser": factories.logged_in(factories.member(sunny.community, "何军", roles=Role.ORGANISER)),
        "committee": factories.logged_in(sunny.chen_jing),
        "property": factories.logged_in(sunny.wang_qiang),
        "moderator": factories.logged_in(factories.member(sunny.community, "林芳", roles=Role.MODERATOR)),
        "steward": factories.logged_in(sunny.steward),
        "operator": factories.logged_in(factories.operator()),
    }


def got(client: Client, method: str, address: str) -> str:
    with transaction.atomic():
        response = client.generic(method, address, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith("/account/login/"):
        return "in"
    return str(response.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.address}")
def test_who_gets_in(row: Row) -> None:
    sunny = factories.sunny()
    address = row.address.format(**things(sunny))
    clients = visitors(sunny)

    seen = {who: got(client, row.method, address) for who, client in clients.items()}

    assert seen == dict(zip(COLUMNS, row.cells, strict=True))


@pytest.mark.django_db
def test_every_address_has_a_row() -> None:
    named = things(factories.sunny())
    covered = {resolve(row.address.format(**named).partition("?")[0]).route for row in rows()}

    assert [f"/{address.route}" for address in our_addresses() if address.route not in covered] == []
