"""Logs the whole cast of a data folder in: prints one session key for each member, as JSON.

Run as `python -m tests.browser.sessions` with LINLI_DATA set; going through the log-in page is a test of its own.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from linli.people.models import Member, Person  # noqa: E402
from linli.people.sessions import SessionStore  # noqa: E402


def session_key(person: Person) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def cast() -> list[dict[str, object]]:
    members = Member.objects.present().select_related("person", "community").exclude(person=None)
    return [
        {
            "name": member.name,
            "member": member.pk,
            "person": member.person_id,
            "slug": member.community.slug,
            "roles": member.roles,
            "key": session_key(member.person),
        }
        for member in members.order_by("pk")
        if member.person
    ]


if __name__ == "__main__":
    json.dump({"cookie": settings.SESSION_COOKIE_NAME, "cast": cast()}, sys.stdout)
