"""The few ways in which a neighbour answers without words (回应); one by each member to each thing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reaction:
    number: int  # as it is kept and sent; 0 is none
    label: object  # lazy translation
    icon: str  # a symbol of entries/foot.svg


LIKE = Reaction(1, _("Like"), "heart")
REACTIONS = (
    LIKE,
    Reaction(2, _("Thank you"), "hand-heart"),
    Reaction(3, _("I agree"), "thumbs-up"),
    Reaction(4, _("Keep it up"), "biceps-flexed"),
)
BY_NUMBER = {reaction.number: reaction for reaction in REACTIONS}
