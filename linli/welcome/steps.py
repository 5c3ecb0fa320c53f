"""The checklist for newcomers, by what they are entrusted with. Pure: told everything it needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.people.models import Kind
from linli.people.roles import OFFICE, Role


@dataclass(frozen=True)
class Step:
    """Something to do first; ticked when a fact says that it has happened."""

    key: str
    label: object
    hint: object
    path: str  # below the community's address
    icon: str


HOME = Step("home", _("Say where you live"), _("By the letter to your home, or ask the office"), "homes/mine/", "house")
HELLO = Step("hello", _("Say hello"), _("Who you are, and since when; or answer somebody"), "post/", "hand")
RULES = Step("rules", _("Read the rules"), _("Short, and the same for all"), "agreement/", "scroll-text")
FACE = Step("face", _("Be recognised"), _("A picture, or a line about you"), "me/", "user-round")
NOTICE = Step(
    "notice", _("Confirm a notice"), _("One tap, so that nobody need ring your bell"), "notices/", "megaphone"
)
LOOK = Step("circle", _("Find your people"), _("A choir, the early swimmers, parents"), "circles/", "users")
FIRST_NOTICE = Step("announce", _("Put out a first notice"), _("You see whom it reaches before it goes out"), "notices/new/", "megaphone")  # fmt: skip
REGISTER = Step("register", _("Enter the homes"), _("Typed, generated or from a table"), "homes/", "building-2")
LETTERS = Step("letters", _("Print the letters"), _("A code for every letter box"), "steward/letters/", "mails")
SECOND = Step("second", _("Name another steward"), _("Nobody should be the only one"), "steward/members/", "user-round-plus")  # fmt: skip


def steps_for(*, kind: str, roles: int, has_rules: bool) -> tuple[Step, ...]:
    """A resident's steps; whoever looks after the community has some more."""
    is_residential = kind == Kind.RESIDENTIAL
    steps = [HELLO, *([HOME] if is_residential else []), *([RULES] if has_rules else []), FACE, NOTICE, LOOK]
    if roles & OFFICE:
        steps.append(FIRST_NOTICE)
    if roles & Role.STEWARD:
        steps += [*([REGISTER, LETTERS] if is_residential else []), SECOND]
    return tuple(steps)
