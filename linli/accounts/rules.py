"""May it be done? Pure: told everything it needs."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal

CONTACT_TAKEN = Refusal(
    "contact_taken",
    _("This address or number already belongs to another account. Log in there and remove it first."),
    "contact",
)
LAST_WAY_IN = Refusal(
    "last_way_in", _("This is your only way to log in. Please set a password or add a passkey first.")
)
WRONG_SHEET = Refusal("wrong_sheet", _("Number and recovery code do not belong together, or the code was used."))
ONESELF = Refusal("oneself", _("You cannot do this to yourself."))
ALREADY_ERASED = Refusal("already_erased", _("This account is already erased."))


def refuse_removing_contact(*, has_password: bool, passkeys: int, contacts: int) -> Refusal | None:
    """Somebody must always be able to come back in."""
    if has_password or passkeys or contacts > 1:
        return None
    return LAST_WAY_IN


def refuse_removing_passkey(*, has_password: bool, passkeys: int, contacts: int) -> Refusal | None:
    if has_password or passkeys > 1 or contacts:
        return None
    return LAST_WAY_IN


def refuse_erasure(*, is_erased: bool, left_alone: Sequence[str]) -> Refusal | None:
    """`left_alone`: names of communities with other members whose only steward this is."""
    if is_erased:
        return ALREADY_ERASED
    if left_alone:
        message = gettext(
            "You are the only steward of %(names)s, and others live there. Name another steward first, "
            "on the page of members; then come back."
        ) % {"names": " · ".join(left_alone)}
        return Refusal("last_steward", message)
    return None
