"""May it be done? Pure: told everything it needs."""

import re
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal

SLUG_TAKEN = Refusal("slug_taken", _("This address is already in use. Please choose another."), "slug")
NOT_STEWARD = Refusal("not_steward", _("Only a steward may do this."))
LAST_STEWARD = Refusal("last_steward", _("A community needs at least one steward. Please name another first."))
ONESELF = Refusal("oneself", _("You cannot do this to yourself."))
NOT_A_MEMBER = Refusal("not_a_member", _("This person no longer belongs to the community."))
BEYOND_MANDATE = Refusal("beyond_mandate", _("Your mandate as a helper does not cover this."))
RULES_CHANGED = Refusal(
    "rules_changed", _("The rules of this community have changed. Please read and accept them first.")
)
RULES_CHANGED_MEANWHILE = Refusal(
    "rules_changed_meanwhile", _("The rules have changed once more. Please read them as they are now.")
)
NO_NAME = Refusal("no_name", _("Please write the name under which your neighbours know you."), "name")
WRONG_PHONE = Refusal("wrong_phone", _("Please write a telephone number: digits, spaces and + only."), "phone")
HELPER_MAY_NOT = Refusal("helper_may_not", _("Only the person may do this, not a helper."))


def refuse_helping(*, is_helper: bool, topics: Collection[str], topic: str | None) -> Refusal | None:
    """A helper acts within the topics of the mandate; topic None is never for helpers."""
    if not is_helper:
        return None
    if topic is None:
        return HELPER_MAY_NOT
    return None if topic in topics else BEYOND_MANDATE


def refuse_role_change(*, is_steward: bool, takes_stewardship: bool, stewards: int) -> Refusal | None:
    if not is_steward:
        return NOT_STEWARD
    if takes_stewardship and stewards <= 1:
        return LAST_STEWARD
    return None


def refuse_leaving(*, is_steward: bool, stewards: int, members: int) -> Refusal | None:
    if is_steward and stewards <= 1 and members > 1:
        return LAST_STEWARD
    return None


def refuse_profile(*, name: str | None, phone: str | None) -> Refusal | None:
    """None for what is not changed; an empty phone takes the number away."""
    if name is not None and not name:
        return NO_NAME
    if phone and not re.fullmatch(r"\+?[\d\s()/-]{3,24}", phone):
        return WRONG_PHONE
    return None


def refuse_unagreed(*, agreed_version: int, agreement_version: int) -> Refusal | None:
    """Who has not accepted the rules in force reads everything, but writes nothing."""
    return RULES_CHANGED if agreed_version < agreement_version else None
