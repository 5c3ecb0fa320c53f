"""Every write to people and communities."""

from linli.people.actions.agreements import accept_agreement, publish_agreement
from linli.people.actions.communities import (
    arrange_contacts,
    arrange_sections,
    change_picture,
    change_settings,
    found,
)
from linli.people.actions.members import admit, block, change_roles, edit_profile, leave, remove, unblock
from linli.people.actions.reading import note_board_read, note_board_seen

__all__ = [
    "accept_agreement",
    "admit",
    "arrange_contacts",
    "arrange_sections",
    "block",
    "change_picture",
    "change_roles",
    "change_settings",
    "edit_profile",
    "found",
    "leave",
    "note_board_read",
    "note_board_seen",
    "publish_agreement",
    "remove",
    "unblock",
]
