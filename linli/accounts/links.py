"""One-click log-in links for the people of the demo, and for nobody else."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from linli.accounts.numbers import DEMO_PREFIX
from linli.people.models import Person

_SALT = "linli.accounts.links"


def is_of_demo(person: Person) -> bool:
    """The demo's people have numbers that begin with 0, which are never drawn for anybody else."""
    return person.number.startswith(DEMO_PREFIX)


def log_in_link(person: Person) -> str:
    """The path that logs in as this person while the server runs as a demo."""
    return reverse("account_link", args=[signing.dumps(person.number, salt=_SALT)])


def person_of_link(token: str) -> Person | None:
    if not settings.LINLI_IS_TRIAL:
        return None
    try:
        number = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(number=number, is_active=True).first()
    return person if person and is_of_demo(person) else None
