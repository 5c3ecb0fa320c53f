"""Handles (WebAuthn user handles): random names under which devices keep passkeys."""

import secrets

from linli.accounts.models import PasskeyHandle
from linli.people.models import Person


def new_handle() -> str:
    return secrets.token_urlsafe(32)


def handle_of(person: Person) -> str:
    """The person's handle, made on first need; somebody just signing up carries a new one along."""
    carried = getattr(person, "new_handle", None)
    if carried is not None:
        return str(carried)
    kept, _ = PasskeyHandle.objects.get_or_create(person=person, defaults={"handle": new_handle()})
    return kept.handle


def person_with(handle: str) -> Person | None:
    kept = PasskeyHandle.objects.filter(handle=handle, person__is_active=True).select_related("person").first()
    return kept.person if kept else None
