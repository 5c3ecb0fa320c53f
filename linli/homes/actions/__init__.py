"""Every write to the register: what stands there, who owns it, who lives there."""

from linli.homes.actions.occupancies import end_due, end_for_member, end_occupancy, move_in, settle
from linli.homes.actions.register import (
    add_homes,
    confirm_draft,
    edit_unit,
    keep_draft,
    remove_building,
    remove_entrance,
    remove_unit,
    rename_building,
    rename_entrance,
)
from linli.homes.actions.titles import end_title, record_title, remove_title

__all__ = [
    "add_homes",
    "confirm_draft",
    "edit_unit",
    "end_due",
    "end_for_member",
    "end_occupancy",
    "end_title",
    "keep_draft",
    "move_in",
    "record_title",
    "remove_building",
    "remove_entrance",
    "remove_title",
    "remove_unit",
    "rename_building",
    "rename_entrance",
    "settle",
]
