"""May it be done? Pure: told everything it needs."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refusal

NO_NAME = Refusal("no_name", _("Please give the circle a name."), "name")
NAME_TAKEN = Refusal("name_taken", _("There is a circle of this name already."), "name")
TOO_MANY = Refusal("too_many", _("You lead ten circles already. Please hand one on or close one first."), "name")
NOT_FOR_YOU = Refusal("not_for_you", _("Only who leads this circle, or a steward, may do this."))
CLOSED = Refusal("closed", _("This circle has been closed."))
NOT_IN_IT = Refusal("not_in_it", _("This person is not in the circle."))
LAST_LEAD = Refusal(
    "last_lead", _("Somebody has to lead the circle. Please let another member lead it first, or close it.")
)

LED_MAX = 10


def refuse_founding(*, name: str, led: int) -> Refusal | None:
    if not name:
        return NO_NAME
    return TOO_MANY if led >= LED_MAX else None


def refuse_change(*, is_lead: bool, is_steward: bool, is_closed: bool, name: str | None = None) -> Refusal | None:
    if is_closed:
        return CLOSED
    if not is_lead and not is_steward:
        return NOT_FOR_YOU
    return NO_NAME if name == "" else None


def refuse_leaving(*, is_lead: bool, leads: int, members: int) -> Refusal | None:
    return LAST_LEAD if is_lead and leads <= 1 and members > 1 else None
