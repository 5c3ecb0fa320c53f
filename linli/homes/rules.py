"""May it be done? Pure: told everything it needs."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal

UNITS_MAX = 5000  # of one sitting; a larger compound comes in parts
NOT_STEWARD = Refusal("not_steward", _("Only a steward may change the register."))
NOT_OFFICE = Refusal("not_office", _("Only stewards, the committee and the property office may say who lives where."))
IDENTITY_NUMBER = Refusal(
    "identity_number",
    _("This looks like an identity card number. Linli keeps none: please leave it out."),
)
TOO_MANY = Refusal("too_many_homes", _("That is more than 5,000 homes at once. Please add them in parts."))
NOTHING = Refusal("nothing_to_add", _("There is no home to add."))
NOT_EMPTY = Refusal("not_empty", _("Somebody lives or owned something here, so it stays in the register."))
NAME_TAKEN = Refusal("name_taken", _("This name is already used here."), "name")
SHARES_OVER = Refusal(
    "shares_over", _("Together the shares would be more than the whole home. Please check the other owners."), "share"
)
ENDS_BEFORE_START = Refusal("ends_before_start", _("The end lies before the beginning."), "until")
LIVES_HERE = Refusal("lives_here", _("This member already belongs to this home."), "member")
OTHER_COMMUNITY = Refusal("other_community", _("This member does not belong to the community."), "member")
NOT_YOURS = Refusal("not_yours", _("You can only end what concerns yourself."))

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CANDIDATE = re.compile(r"(?<![0-9])[1-9](?:[ \-.·]?[0-9]){16}[ \-.·]?[0-9Xx](?![0-9])")


def holds_identity_number(text: str) -> bool:
    """Whether somewhere in the text stands an 18-digit number with the checksum of GB 11643 and a possible birthday."""
    for found in _CANDIDATE.finditer(unicodedata.normalize("NFKC", text)):
        number = re.sub(r"[ \-.·]", "", found[0]).upper()
        month, day = int(number[10:12]), int(number[12:14])
        total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
        if _CHECKS[total % 11] == number[17] and 1 <= month <= 12 and 1 <= day <= 31:
            return True
    return False


def refuse_identity_number(*texts: str) -> Refusal | None:
    """No identity numbers are stored, in whatever field somebody types one."""
    return IDENTITY_NUMBER if any(holds_identity_number(text) for text in texts) else None


def refuse_register_change(*, is_steward: bool) -> Refusal | None:
    return None if is_steward else NOT_STEWARD


def refuse_occupancy_change(*, is_office: bool) -> Refusal | None:
    return None if is_office else NOT_OFFICE


def refuse_removal(*, hangs_on: bool) -> Refusal | None:
    """A home with a history, even a past one, stays: titles can be asked about as of any day."""
    return NOT_EMPTY if hangs_on else None


def refuse_size(units: int) -> Refusal | None:
    if units == 0:
        return NOTHING
    return TOO_MANY if units > UNITS_MAX else None


def refuse_period(since: date, until: date | None) -> Refusal | None:
    return ENDS_BEFORE_START if until is not None and until < since else None


Holding = tuple[Fraction, date, date | None]


def refuse_shares(new: Holding, others: Iterable[Holding]) -> Refusal | None:
    """On no day may the shares of a home be more than the whole; the sum rises only where a title begins."""
    rows = [*others, new]
    _share, since, until = new
    begins = [row[1] for row in rows if row[1] >= since and (until is None or row[1] < until)]
    for day in [since, *begins]:
        if sum(share for share, start, end in rows if start <= day and (end is None or end > day)) > 1:
            return SHARES_OVER
    return None
