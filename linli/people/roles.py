"""Roles (身份) of a member in one community, as bits of one number."""

from enum import IntFlag

from django.utils.translation import gettext_lazy as _


class Role(IntFlag):
    """What a member is entrusted with; a member may hold several."""

    RESIDENT = 1
    ORGANISER = 2
    MODERATOR = 4
    COMMITTEE = 8
    PROPERTY = 16
    STEWARD = 32


EVERYBODY = Role(63)
OFFICE = Role.COMMITTEE | Role.PROPERTY | Role.STEWARD

ROLE_NAMES = {
    Role.RESIDENT: _("Resident"),
    Role.ORGANISER: _("Organiser"),
    Role.MODERATOR: _("Moderator"),
    Role.COMMITTEE: _("Committee"),
    Role.PROPERTY: _("Property office"),
    Role.STEWARD: _("Steward"),
}

# The chip beside a name shows the one role that matters most to a reader.
_BY_WEIGHT = (Role.PROPERTY, Role.COMMITTEE, Role.STEWARD, Role.MODERATOR, Role.ORGANISER)


def foremost(roles: int) -> Role | None:
    """The role to show beside a name; residents need none."""
    return next((role for role in _BY_WEIGHT if roles & role), None)


def role_names(roles: int) -> list[str]:
    """The names of all roles held, in the active language."""
    return [str(name) for role, name in ROLE_NAMES.items() if roles & role]
